export type { Slot } from '@trusted-header/core';
export { createSlot } from '@trusted-header/core';
export type { OnServerRefusal } from './answer-refusal.js';
export { answerRefusal } from './answer-refusal.js';
export { clientCertHeader } from './client-cert-header.js';
export { decideRequest, decideUnheard, prepareRequest, stateFor } from './decide-request.js';
export { publishDecisions } from './decision-channel.js';
export { addDecisionGetters } from './decision-getters.js';
export { factsFromRequest } from './facts-from-request.js';
export type { ServerGuardOptions } from './guard-server.js';
export { guardServer, placeGuard } from './guard-server.js';
export { hasLeft } from './has-left.js';
export { isNodeRequest, isNodeResponse } from './is-node-request.js';
export { isServer } from './is-server.js';
export type { Answering, Asked } from './let-answer.js';
export { letAnswer, sendLastProblem } from './let-answer.js';
export type { DnsOptions } from './live/dns-source.js';
export type { HttpsOptions } from './live/https-source.js';
export type { TrustListEvent, TrustListState, TrustListStatus } from './live/trust-list-event.js';
export type { WatchOptions } from './live/watch-options.js';
export type { TrustedProxiesWatch } from './live/watch-trusted-proxies.js';
export { watchForAdapter, watchTrustedProxies } from './live/watch-trusted-proxies.js';
export type { NodeRequest, NodeResponse } from './node-request.js';
export { isOwnConnection } from './own-connections.js';
export type { ProbeReceiver } from './probe-receiver.js';
export { openProbe, openProbeOf } from './probe-receiver.js';
export { propertyOf } from './property-of.js';
export type { ReadTrailers } from './read-trailers.js';
export { readTrailers } from './read-trailers.js';
export { resolveNodeOptions, resolveWithNotice } from './resolve-node-options.js';
export { endProbeOfUpgrade } from './send-probe.js';
export { rejectUpgrade, sendProblem } from './send-problem.js';
export type { FrontPlan, ServerHandler } from './server-front.js';
export { shapeOf } from './shape-of.js';
export type { RequestEvent, ServerFront } from './stand-in-front.js';
export { standInFront } from './stand-in-front.js';
export { stripHeaders } from './strip-headers.js';
export type { TailscaleWhoisOptions } from './tailscale-options.js';
export { tailscaleWhois } from './tailscale-whois.js';
export type { TestSource } from './test-requests.js';
export {
  nameTestSource,
  testSourceOf,
  testSourceOfFetch,
  withOwnHeaders,
} from './test-requests.js';
export { watchServers } from './watch-servers.js';
export { whenOver } from './when-over.js';
