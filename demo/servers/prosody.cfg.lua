-- Prosody for trying and testing the kit: loopback only, no encryption, everything in one folder.
-- run.mjs gives the folder and the ports by environment variables.
local folder = ENV_PARLEY_DATA
local web_port = tonumber(ENV_PARLEY_WS_PORT)
local domain = ENV_PARLEY_DOMAIN

daemonize = false
run_as_root = ENV_PARLEY_AS_ROOT == "1"
data_path = folder
certificates = folder
pidfile = folder .. "/prosody.pid"
log = { { levels = { min = "warn" }, to = "console" } }

interfaces = { "127.0.0.1" }
c2s_ports = { tonumber(ENV_PARLEY_C2S_PORT) }
http_interfaces = { "127.0.0.1" }
http_ports = { web_port }
https_ports = {}
http_host = "127.0.0.1"
http_default_host = "127.0.0.1"
http_external_url = "http://127.0.0.1:" .. web_port .. "/"
consider_websocket_secure = true
c2s_require_encryption = false

modules_disabled = { "s2s", "tls" }
modules_enabled = {
  "posix", "admin_shell", "saslauth", "register", "roster", "disco", "ping", "time", "version", "lastactivity",
  "http", "websocket", "smacks", "csi_simple", "carbons", "mam", "pep", "bookmarks", "private", "blocklist",
  "vcard4", "vcard_legacy",
}

authentication = "internal_hashed"
allow_registration = true

-- Archives need a real database: the files of the default store have no order within a second.
storage = { archive = "sql", muc_log = "sql" }
sql = { driver = "SQLite3", database = folder .. "/archive.sqlite" }
default_archive_policy = true
archive_expires_after = "never"
muc_log_expires_after = "never"
max_archive_query_results = 100
smacks_hibernation_time = 300

VirtualHost (domain)
  disco_items = { { "upload." .. domain } }

Component ("rooms." .. domain) "muc"
  modules_enabled = { "muc_mam", "muc_moderation", "vcard_muc" }
  restrict_room_creation = "local"
  muc_tombstones = false

Component ("upload." .. domain) "http_file_share"
  http_file_share_access = { domain }
