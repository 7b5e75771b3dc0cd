import { textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';

/** What a span of a Redis client says of its command. */
export interface RedisCommand {
  /** Lower case: `hgetall`. */
  readonly command: string;
  /** What the key may be: the first argument, and all of them, for keys with spaces. Empty: not recorded. */
  readonly keys: readonly string[];
  /** Package that sent it; undefined: not told. */
  readonly client: string | undefined;
}

/** Longer statements are cut: keys are short. */
const longestStatement = 2_000;
const systems = /^(?:redis|valkey|keydb|dragonfly)$/;
/** Before the name of a command that a pipeline or transaction sends. */
const queued = /^(?:MULTI|PIPELINE)\b\s*/;
/** What a client does for itself. */
const housekeeping = /^(?:connect|auth|hello|select|client|readonly|quit|command|asking)$/;

/**
 * The command of a Redis client's span, with old and new names of its attributes: of ioredis (`get`), of node-redis
 * (`redis-GET`), also in a pipeline (`MULTI get`). Undefined for another span, and for what a client does for itself.
 */
export function redisCommandOf({
  kind,
  name,
  scope,
  attributes,
}: RawSpan): RedisCommand | undefined {
  if (kind !== 'client') return undefined;
  const system = textAttribute(attributes, 'db.system.name', 'db.system');
  if (system === undefined || !systems.test(system)) return undefined;
  const statement = textAttribute(attributes, 'db.query.text', 'db.statement') ?? '';
  const operation = textAttribute(attributes, 'db.operation.name', 'db.operation');
  const [first = ''] = statement.split(/\s/, 1);
  const ofNodeRedis = /^redis-(.+)/.exec(name)?.[1];
  const told = ofNodeRedis ?? (operation?.replace(queued, '') || first || name);
  const command = told.toLowerCase();
  if (command === '' || housekeeping.test(command)) return undefined;
  return {
    command,
    keys: keysIn(command, statement.slice(0, longestStatement)),
    client: ofNodeRedis === undefined ? clientOf(scope) : 'redis',
  };
}

/** `set user:1 [1 other arguments]`; of a script the first key that follows their number. */
function keysIn(command: string, statement: string): readonly string[] {
  const space = statement.search(/\s/);
  if (space < 0 || statement.slice(0, space).toLowerCase() !== command) return [];
  const rest = statement.slice(space + 1).replace(/\s*\[\d+ other arguments\]$/, '');
  if (/^(?:eval|evalsha|fcall)$/.test(command)) {
    // Numbers within the script look the same.
    return [...rest.matchAll(/ [1-9]\d* (\S+)/g)].map(([, key = '']) => key);
  }
  const [first = ''] = rest.split(/\s/, 1);
  return first === '' ? [] : [...new Set([first, rest])];
}

/** `@opentelemetry/instrumentation-ioredis`. */
const clientOf = (scope: string): string | undefined =>
  /\binstrumentation-(ioredis|redis)\b/.exec(scope)?.[1];
