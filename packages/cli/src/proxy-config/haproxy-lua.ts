import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** The Lua action `auth-intercept`, in our own words, on HAProxy's built-in HTTP client. */
export function haproxyLua(plan: Plan): ProxyConfig {
  return { text: LUA.replace('@PATH@', plan.luaPath), warnings: [] };
}

const LUA = `-- Put this where haproxy.cfg loads it: @PATH@
--
-- Registers "auth-intercept": asks a backend about a request before it goes on. Takes the same arguments and sets the
-- same variables as the action of that name in haproxy-auth-request, and needs HAProxy 2.5 or later only.
--
--   http-request lua.auth-intercept <backend> <path> <method> <headers to ask with, by commas> <headers to set> -
--
-- Sets only the headers that the answer has: delete the client's copies before, as the generated haproxy.cfg does.

local TIMEOUT_MS = 5000

-- How long a server may take to accept a connection: HAProxy's client would try again for three seconds.
local CONNECT_S = 1

local function address_of(backend_name)
  local backend = core.backends[backend_name]
  if backend == nil then return nil end
  for _, server in pairs(backend.servers) do
    local status = server:get_stats()["status"]
    if status == "no check" or status:find("UP") == 1 then return server:get_addr() end
  end
  return nil
end

local function headers_to_ask_with(txn, names)
  local request = txn.http:req_get_headers()
  local headers = {}
  for name in names:gmatch("[^,]+") do
    local values = request[name]
    if values ~= nil then
      local lines = {}
      for i = 0, #values do lines[#lines + 1] = values[i] end
      headers[name] = lines
    end
  end
  -- Without a line of its own, HAProxy's client would say that anything is accepted, which is to say: a page.
  if headers["accept"] == nil then headers["accept"] = { "" } end
  return headers
end

local function accepts_connections(address)
  local host, port = address:match("^(.*):(%d+)$")
  if host == nil then return true end
  local socket = core.tcp()
  socket:settimeout(CONNECT_S)
  local is_connected = socket:connect(host, tonumber(port))
  socket:close()
  return is_connected ~= nil
end

-- HAProxy counts the lines of a header from 0. More than one line is left to the application to refuse.
local function copy(txn, headers, name)
  local values = headers[name]
  if values == nil then return end
  for i = 0, #values do
    if values[i] ~= nil then txn.http:req_add_header(name, values[i]) end
  end
end

local function auth_intercept(txn, backend_name, path, method, asked_with, names)
  txn:set_var("txn.auth_response_successful", false)
  txn:set_var("txn.auth_response_code", 500)
  local address = address_of(backend_name)
  if address == nil then
    txn:Warning("auth-intercept: no server is up in backend " .. backend_name)
    return
  end
  if not accepts_connections(address) then
    txn:Warning("auth-intercept: no connection to " .. address)
    return
  end
  local client = core.httpclient()
  local ask = method == "HEAD" and client.head or client.get
  local answer = ask(client, {
    url = "http://" .. address .. path,
    headers = headers_to_ask_with(txn, asked_with),
    timeout = TIMEOUT_MS,
  })
  if answer == nil or answer.status == nil or answer.status == 0 then
    txn:Warning("auth-intercept: no answer from " .. address)
    return
  end
  txn:set_var("txn.auth_response_code", answer.status)
  local headers = answer.headers or {}
  if answer.status >= 200 and answer.status < 300 then
    for name in names:gmatch("[^,]+") do copy(txn, headers, name) end
    txn:set_var("txn.auth_response_successful", true)
    return
  end
  -- Tinyauth names its page in a header of its own where it does not redirect.
  local location = headers["location"] or headers["x-tinyauth-location"]
  if location ~= nil and location[0] ~= "" then
    txn:set_var("txn.auth_response_location", location[0])
  end
  if headers["www-authenticate"] ~= nil then
    txn:set_var("txn.auth_response_www_authenticate", headers["www-authenticate"][0])
  end
end

core.register_action("auth-intercept", { "http-req" }, auth_intercept, 6)
`;
