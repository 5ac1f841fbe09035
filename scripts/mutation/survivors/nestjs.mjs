/** Changes of nestjs that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'For the type checker only: what it asks about is always so here.': [
    // Decorators of methods come with a descriptor, whose value is the method.
    'rules.ts: descriptor?.value => descriptor.value',
    "rules.ts: typeof method === 'function' => true",
    // Each key is one of the object's own.
    'find-member.ts: Object.getOwnPropertyDescriptor(owner, name)?.value => Object.getOwnPropertyDescriptor(owner, name).value',
    // Methods are put on classes.
    "asking.ts: typeof type !== 'function' => false",
    // Nobody is refused, and there is a decision that says so.
    'answer-nobody.ts: refusal => true',
    // Both platforms have a handler, and Express what its requests inherit from.
    "trusted-header-front.ts: typeof value === 'function' => true",
    // A decision is found on something.
    'trusted-header-guard.ts: !holder || !decision => !holder && !decision',
    // Nest makes a route of one text, and has a route wherever a handler is called.
    "route-of.ts: typeof value === 'string' => true",
    // Handlers are called for an object.
    'show-to.ts: !isObject(request) => false',
    // A server that accepts a connection has a port.
    "trusted-header-front.ts: typeof port === 'number' => true",
  ],
  'It comes to the same: a function that ends gives undefined, a mark counts whatever it holds, no name is that of the class.':
    [
      'decision-in.ts: default: return undefined; => default:',
      // Nest gives the first argument by either name.
      "decision-in.ts: case 'http': return context.switchToHttp().getRequest(); => case 'http':",
      'rules.ts: () => true => () => undefined',
      'rules.ts: true => false',
      'rules.ts: name === undefined => false',
      'rules.ts: { Reflect.defineMetadata(key, change(Reflect.getMetadata(key, target)), target); return; } => {}',
    ],
  'Object.prototype has no handlers.': ['find-member.ts: owner !== Object.prototype => true'],
  'Time only: rules are read anew, a guard asks twice and comes to the same, nothing is kept, servers are watched for no port.':
    [
      'rules.ts: earlier => false',
      "asking.ts: typeof type !== 'function' || classes.get(type) => false",
      "asking.ts: typeof type !== 'function' || classes.get(type) => typeof type !== 'function' && classes.get(type)",
      'asking.ts: true => false',
      'trusted-header-front.ts: onRefusal => true',
      'trusted-header-front.ts: ports.size === 0 => false',
    ],
  'No server listens on such a port.': [
    'gateway-ports.ts: [] => ["Stryker was here"]',
    "gateway-ports.ts: typeof port === 'number' && port > 0 => true",
    "gateway-ports.ts: typeof port === 'number' && port > 0 => typeof port === 'number' || port > 0",
    "gateway-ports.ts: typeof port === 'number' => true",
    'gateway-ports.ts: port > 0 => true',
    'gateway-ports.ts: port > 0 => port >= 0',
  ],
  'What is no gateway has no port of its own, and what is no class makes the application fail at start.':
    [
      "gateway-ports.ts: typeof metatype !== 'function' || !Reflect.getMetadata(GATEWAY, metatype) => typeof metatype !== 'function' && !Reflect.getMetadata(GATEWAY, metatype)",
    ],
  'Both platforms have these methods; an adapter of somebody else’s need not.': [
    "answer-nobody.ts: typeof set !== 'function' => false",
  ],
  'Clients of gateways alone have another holder, and the context says that it is theirs.': [
    'session-request.ts: !isObject(request) || !isNodeRequest(holder) => !isObject(request) && !isNodeRequest(holder)',
    "session-request.ts: holder !== undefined && 'rawHeaders' in holder => true",
    "session-request.ts: holder !== undefined && 'rawHeaders' in holder => holder !== undefined || 'rawHeaders' in holder",
    'session-request.ts: holder !== undefined => true',
  ],
  'The guards that follow refuse nobody by themselves: neither of the two may hang on the other.': [
    'trusted-header-guard.ts: guards.length > 0 => false',
    'trusted-header-guard.ts: false => true',
  ],
  'Core looks at how nobody is let in for nobody only.': [
    "trusted-header-guard.ts: decision.kind === 'anonymous' => true",
  ],
  'Core looks at the target alone, and there is none.': [
    'trusted-header-guard.ts: { method: undefined, target: undefined, rawHeaders: [] } => {}',
    'trusted-header-guard.ts: [] => ["Stryker was here"]',
  ],
  'Time only: properties show what getters do, the same is written again, and a request stands beside itself.':
    [
      'trusted-header-front.ts: isObject(request) && addDecisionGetters(request) => false',
      'trusted-header-front.ts: isHandlers && hasGetters => false',
      "trusted-header-front.ts: { const request: unknown = isHandler(instance) ? Reflect.get(instance, 'request') : undefi… => {}",
      'show-to.ts: shown.decision !== decision => true',
      'show-to.ts: shown.identity !== identity => true',
      'route-of.ts: request !== holder => true',
    ],
  'Nothing is promised of routes and properties in other contexts: their handlers have decorators.':
    ["trusted-header-guard.ts: context.getType() === 'http' => true"],
};
