import type { PackageCall } from '../packageCall.ts';
import { isCommand } from './redisCommands.ts';

/** What a client's calls go through, as users call it. */
export type CacheSystem = 'Redis' | 'Cache';

interface CacheClient {
  readonly modules: RegExp;
  /** What may be called on, by its way from the package. */
  readonly receivers: RegExp;
  readonly system: CacheSystem;
  /** Package that sends the commands, where that is known. */
  readonly package?: string;
  readonly sends: (method: string) => boolean;
}

/** Several commands at once, in a pipeline or a transaction. */
const queued = String.raw`(?:(?:^|\.)(?:multi|pipeline|MULTI)\(\)(?:\.\w+\(\))*)?`;

const stored = new Set(
  'get set del delete wrap reset clear mget mset mdel ttl keys has getMany setMany deleteMany'.split(
    ' ',
  ),
);

const isStored = (method: string): boolean => stored.has(method);

const clients: readonly CacheClient[] = [
  {
    modules: /^(?:ioredis|[\w@./-]*nestjs-(?:io)?redis|@nestjs-modules\/ioredis)$/,
    receivers: new RegExp(
      String.raw`^(?:(?:(?:IORedis|Redis)\.)?(?:Redis|IORedis|Cluster|Commander|RedisCommander)|InjectRedis\(\)|InjectCluster\(\)|` +
        String.raw`(?:Redis|Cluster)(?:Service|Manager)\.get(?:OrThrow|OrNil|Client|Clients)?\(\)|)` +
        String.raw`(?:(?:^|\.)(?:duplicate|on|once)\(\))*${queued}$|^(?:Redis\.)?(?:ChainableCommander|Pipeline)(?:\.\w+\(\))*$`,
    ),
    system: 'Redis',
    package: 'ioredis',
    sends: isCommand,
  },
  {
    modules: /^(?:redis|@(?:node-)?redis\/client)$/,
    receivers: new RegExp(
      String.raw`^(?:create(?:Client|Cluster|Sentinel|ClientPool)\(\)|Redis(?:Client|Cluster|Sentinel|ClientPool)(?:Type)?)` +
        String.raw`(?:\.(?:connect|duplicate|on|once|withTypeMapping|withCommandOptions|legacy)\(\)|\.executeIsolated\(#0\)|\.(?:v4|json|ft|ts|bf|cf|cms|topK|tDigest))*${queued}$` +
        String.raw`|^(?:RedisClientMultiCommandType|Multi)(?:\.\w+\(\))*$`,
    ),
    system: 'Redis',
    package: 'redis',
    sends: isCommand,
  },
  {
    modules: /^(?:bull|bullmq)$/,
    receivers: new RegExp(`^(?:Queue|Worker|FlowProducer|)\\.client${queued}$`),
    system: 'Redis',
    sends: isCommand,
  },
  {
    modules: /^cache-manager-(?:io)?redis(?:-yet|-store)?$/,
    receivers: new RegExp(
      `^Redis(?:Cache|Store)(?:\\.store)?\\.(?:client|getClient\\(\\))${queued}$`,
    ),
    system: 'Redis',
    sends: isCommand,
  },
  {
    modules: /^(?:cache-manager(?:-[\w-]+)?|@nestjs\/cache-manager|@nestjs\/common)$/,
    receivers:
      /^(?:(?:Multi)?Cache|CacheStore|RedisCache|RedisStore|CACHE_MANAGER|(?:multiCaching|caching|createCache)\(\))(?:\.stores?)?$/,
    system: 'Cache',
    sends: isStored,
  },
  {
    modules: /^keyv$/,
    receivers: /^(?:|Keyv)$/,
    system: 'Cache',
    sends: isStored,
  },
];

/** True for the package of a client. */
export const isCachePackage = (module: string): boolean =>
  clients.some(({ modules, system }) => system === 'Redis' && modules.test(module));

/** The client of a call; undefined: it is no cache's, or asks for nothing. */
export function cacheClient({
  origin,
  receiver,
  called,
}: PackageCall): Pick<CacheClient, 'system' | 'package'> | undefined {
  return clients.find(
    ({ modules, receivers, sends }) =>
      modules.test(origin.module) && receivers.test(receiver) && sends(called),
  );
}

/** Methods of caches, all with the key first. */
export const cacheMethods: ReadonlyMap<string, number> = new Map(
  [...stored].map((name) => [name, 1]),
);
