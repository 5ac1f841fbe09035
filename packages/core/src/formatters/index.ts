export type { EcsEventFields, EcsRecord } from './format-ecs.js';
export { formatEcs } from './format-ecs.js';
export type { OcsfRecord } from './format-ocsf.js';
export { formatOcsf } from './format-ocsf.js';
export type { OwaspLevel, OwaspRecord } from './format-owasp.js';
export { formatOwasp } from './format-owasp.js';
export { redactPaths } from './redact-paths.js';
export type { RequestFields } from './request-fields.js';
