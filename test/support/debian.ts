import { execFileSync } from 'node:child_process'

/** Installs Debian's packages where it may; else says what is to be done. */
export function installPackages(names: readonly string[]): void {
  const packages = names.join(' ')
  try {
    // A package must not start its own server, least of all on all interfaces.
    const script = [
      'set -e',
      'policy=/usr/sbin/policy-rc.d',
      '[ -e $policy ] || { printf "#!/bin/sh\\nexit 101\\n" > $policy; chmod +x $policy; trap "rm -f $policy" EXIT; }',
      'apt-get update -qq',
      `apt-get install -y -qq --no-install-recommends ${packages}`,
    ].join('\n')
    execFileSync('sh', ['-c', script], {
      stdio: 'pipe',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch (cause) {
    throw new Error(`These could not be installed: apt-get install ${packages}`, { cause })
  }
}
