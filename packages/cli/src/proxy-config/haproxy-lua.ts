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
--   http-request lua.auth-intercept <backend> <path> <method> <headers to ask with: *> <headers to set> -
--
-- Sets only the headers that the answer has: delete the client's copies before, as the generated haproxy.cfg does.

local TIMEOUT_MS = 5000

-- Hop-by-hop headers, and those that describe a body which is not sent.
local NOT_ASKED_WITH = {
  ["connection"] = true, ["content-length"] = true, ["content-type"] = true, ["expect"] = true,
  ["keep-alive"] = true, ["proxy-connection"] = true, ["te"] = true, ["trailer"] = true,
  ["transfer-encoding"] = true, ["upgrade"] = true,
}

local function address_of(backend_name)
  local backend = core.backends[backend_name]
  if backend == nil then return nil end
  for _, server in pairs(backend.servers) do
    local status = server:get_stats()["status"]
    if status == "no check" or status:find("UP") == 1 then return server:get_addr() end
  end
  return nil
end

local function headers_to_ask_with(txn)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not NOT_ASKED_WITH[name] then
      local lines = {}
      for i = 0, #values do lines[#lines + 1] = values[i] end
      headers[name] = lines
    end
  end
  return headers
end

-- HAProxy counts the lines of a header from 0. More than one line is left to the application to refuse.
local function copy(txn, headers, name)
  local values = headers[name]
  if values == nil then return end
  for i = 0, #values do
    if values[i] ~= nil then txn.http:req_add_header(name, values[i]) end
  end
end

local function auth_intercept(txn, backend_name, path, method, _, names)
  txn:set_var("txn.auth_response_successful", false)
  txn:set_var("txn.auth_response_code", 500)
  local address = address_of(backend_name)
  if address == nil then
    txn:Warning("auth-intercept: no server is up in backend " .. backend_name)
    return
  end
  local client = core.httpclient()
  local ask = method == "HEAD" and client.head or client.get
  local answer = ask(client, {
    url = "http://" .. address .. path,
    headers = headers_to_ask_with(txn),
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
  elseif headers["location"] ~= nil then
    txn:set_var("txn.auth_response_location", headers["location"][0])
  end
end

core.register_action("auth-intercept", { "http-req" }, auth_intercept, 6)
`;
