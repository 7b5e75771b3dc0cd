import { rememberClasses } from './methodExtents.ts';
import { namedMethodLocation, prepareMethods } from './methods.ts';
import { watchNestClient } from './nestClients.ts';
import { watchHandlers, type NestConsumers } from './nestHandlers.ts';
import { isPrismaClient, locatePrismaCalls } from './prismaCalls.ts';
import { addQueueProcessor } from './queueProcessors.ts';

/** Nest's ModulesContainer, or the part of it that was just loaded. */
export interface NestModules {
  values(): Iterable<{
    readonly controllers: Wrappers;
    readonly providers: Wrappers;
  }>;
}
interface Wrappers {
  values(): Iterable<{ readonly instance?: unknown }>;
}

/** Looks at what Nest has made: handlers, clients, queue processors. Called again for lazy modules. */
export function readProviders(modules: NestModules): void {
  const classes = new Set<object>();
  for (const instance of instancesOf(modules)) {
    try {
      readInstance(instance);
      for (const one of prototypesOf(instance)) classes.add(one);
    } catch {
      // A provider may be a proxy, or have getters, that throw when looked at.
    }
  }
  prepareMethods([...classes].filter(hasHandlers));
  rememberClasses(classes);
}

function readInstance(instance: object): void {
  if (isConsumers(instance)) watchHandlers(instance);
  watchPrisma(instance);
  const prototypes = prototypesOf(instance);
  watchNestClient(instance, prototypes);
  const [prototype] = prototypes;
  if (prototype === undefined) return;
  const queue = queueOf(prototype.constructor);
  if (queue !== undefined)
    addQueueProcessor(queue, () => namedMethodLocation(prototype, 'process'));
}

/** Of its class, and of what that extends. */
function prototypesOf(instance: object): readonly object[] {
  const found: object[] = [];
  let one = Object.getPrototypeOf(instance) as object | null;
  for (
    ;
    one !== null && one !== Object.prototype;
    one = Object.getPrototypeOf(one) as object | null
  )
    found.push(one);
  return found;
}

function* instancesOf(modules: NestModules): Generator<object> {
  const seen = new Set<object>();
  for (const { controllers, providers } of modules.values()) {
    for (const wrappers of [providers, controllers]) {
      for (const { instance } of wrappers.values()) {
        if (typeof instance !== 'object' || instance === null || seen.has(instance)) continue;
        seen.add(instance);
        yield instance;
      }
    }
  }
}

/** ExternalContextCreator is a provider of Nest's own core module and holds one of each consumer. */
const isConsumers = (instance: object): instance is NestConsumers =>
  'interceptorsConsumer' in instance && 'guardsConsumer' in instance;

/** A service that is a client, or one that holds it. */
function watchPrisma(instance: object): void {
  if (isPrismaClient(instance)) {
    locatePrismaCalls(instance);
    return;
  }
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(instance))) {
    if (isPrismaClient(value)) locatePrismaCalls(value);
  }
}

/** reflect-metadata's additions, which Nest needs to be there. */
interface Metadata {
  getMetadata?(key: string, target: object): unknown;
  getOwnMetadataKeys?(target: object): readonly unknown[];
}
const metadata = Reflect as Metadata;

function hasHandlers(prototype: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).some(
    ({ value }: PropertyDescriptor) =>
      typeof value === 'function' &&
      value !== prototype.constructor &&
      (metadata.getOwnMetadataKeys?.(value as object).length ?? 0) > 0,
  );
}

/** Of @nestjs/bullmq's `@Processor(queue)`. */
function queueOf(type: object): string | undefined {
  const options = metadata.getMetadata?.('bullmq:processor_metadata', type);
  return (options as { readonly name?: string } | undefined)?.name;
}
