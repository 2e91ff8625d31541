import type { StorybookConfig } from '@storybook/vue3-vite'
import remarkGfm from 'remark-gfm'

const config: StorybookConfig = {
  stories: [
    '../components/**/*.stories.ts',
    '../flows/**/*.stories.ts',
    '../docs/**/*.mdx',
    '../docs/**/*.stories.ts',
  ],
  addons: [
    // Without this plug-in MDX shows tables as lines of pipes.
    {
      name: '@storybook/addon-docs',
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    '@storybook/addon-a11y',
    '@storybook/addon-vitest',
  ],
  framework: {
    name: '@storybook/vue3-vite',
    options: {
      docgen: 'vue-component-meta',
      // The library build in the root configuration is of no use to Storybook, so it reads this small one.
      builder: { viteConfigPath: 'stories/.storybook/vite.config.ts' },
    },
  },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
}

export default config
