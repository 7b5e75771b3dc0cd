import type { GraphqlHandler, MessageHandler } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { Application } from './application/applications.ts';
import { classTriggers, type DecoratedClass } from './classTriggers.ts';
import { classKey, type InheritedMethod } from '../language/types/classes.ts';
import type { ClassSymbol } from '../language/program/symbols.ts';
import type { HandlerParts } from './handlers.ts';
import {
  readResolver,
  readResolverField,
  type ResolverOptions,
} from './graphql/graphqlDecorators.ts';
import { HandlerList, type FoundHandlers } from './leftOut.ts';
import { readMessageTriggers, type MessageTrigger } from './messages/messageDecorators.ts';
import { anyApplications, mountsOf } from './application/mounts.ts';
import { nestDecorators } from './nestDecorators.ts';
import { readProcessor } from './messages/queueDecorators.ts';
import { onlyQueue, onlyTransport } from './messages/transports.ts';

type ProviderHandler = GraphqlHandler | MessageHandler;
/** What a decorator says, without where the method is. */
type Trigger = MessageTrigger | GraphqlField;
type GraphqlField = Pick<GraphqlHandler, 'kind' | 'operation' | 'name' | 'parent'>;

/** A class whose methods are looked at, with what its own decorators say. */
interface Provider extends DecoratedClass {
  readonly symbol: ClassSymbol;
  readonly name: string;
  readonly resolver: ResolverOptions | undefined;
  /** Keys of the modules that have it, looked up when it has a handler. */
  readonly holders: () => readonly string[];
}

/** A file's handlers of everything but HTTP: resolvers, messages, events, queues, sockets, clocks and CQRS's buses. */
export function linkProviderHandlers(
  parts: HandlerParts,
  path: WorkspacePath,
): FoundHandlers<ProviderHandler> {
  const found = new HandlerList<ProviderHandler>();
  for (const provider of findProviders(parts, path)) {
    for (const source of parts.classes.methods(provider.symbol)) {
      const triggers = triggersOf(parts, provider, source);
      if (triggers.length === 0) continue;
      const method = parts.methods.at(source.path, source.index);
      found.add(method, allOf(parts, provider, source, triggers));
    }
  }
  return found.all;
}

function* allOf(
  parts: HandlerParts,
  provider: Provider,
  source: InheritedMethod,
  triggers: readonly Trigger[],
): Iterable<ProviderHandler> {
  for (const trigger of triggers) yield* handlersOf(parts, provider, source, trigger);
}

/**
 * Classes that may have handlers: not abstract, made by a function only where a module lists what it makes, and with
 * a decorator, for a class without any is only a base of others; one that nothing extends counts by its methods'
 * decorators.
 */
function* findProviders(parts: HandlerParts, path: WorkspacePath): Iterable<Provider> {
  const { program, registrations } = parts;
  for (const [index, fact] of program.facts(path)?.classes.entries() ?? []) {
    if (fact.within !== undefined) continue;
    const symbol = { kind: 'class', path, index } as const;
    const provider = readProvider(parts, symbol, () => registrations.holders(classKey(symbol)));
    if (provider) yield provider;
  }
  for (const { symbol, modules } of registrations.madeIn(path)) {
    const provider = readProvider(parts, symbol, () => modules);
    if (provider) yield provider;
  }
}

function readProvider(
  parts: HandlerParts,
  symbol: ClassSymbol,
  holders: Provider['holders'],
): Provider | undefined {
  const { program, constants, subclasses } = parts;
  const { path, index, bindings } = symbol;
  const fact = program.classAt(path, index);
  if (fact.abstract) return undefined;
  const hasOwn = fact.methods.some((method) => program.methodAt(path, method).decorators);
  if (fact.decorators.length === 0 && !hasOwn) return undefined;
  const decorators = nestDecorators(constants, fact.decorators, path, bindings);
  if (decorators.length === 0 && (!hasOwn || subclasses.of(symbol).length > 0)) return undefined;
  const resolver = readResolver(constants, decorators);
  if (resolver?.isAbstract) return undefined;
  const processor = readProcessor(parts, decorators);
  return { symbol, name: fact.name, decorators, resolver, processor, holders };
}

function triggersOf(
  parts: HandlerParts,
  provider: Provider,
  source: InheritedMethod,
): readonly Trigger[] {
  const { name, method, symbol } = source;
  if (method.kind === 'getter') return [];
  const { constants } = parts;
  const byClass = classTriggers(parts, provider, name);
  // Nest looks for decorators at methods alone, but calls a processor's `process` whatever it is.
  if (!method.decorators || method.kind !== 'method') return byClass;
  const decorators = nestDecorators(constants, method.decorators, symbol.path, symbol.bindings);
  const on = { className: provider.name, name, queue: provider.processor?.queue };
  const found = decorators.flatMap((decorator): readonly Trigger[] => {
    const field = readResolverField(constants, decorator);
    if (!field) return readMessageTriggers(parts, decorator, on);
    const parent =
      field.operation === 'field'
        ? (readResolver(constants, decorators)?.parent ?? parentOf(constants, provider, source))
        : rootTypes[field.operation];
    return [{ kind: 'graphql', ...field, name: field.name ?? name, parent }];
  });
  return [...byClass, ...found];
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** The type that the class resolves, else that its base does. */
function parentOf(
  constants: HandlerParts['constants'],
  { resolver }: Provider,
  { symbol, fact }: InheritedMethod,
): string {
  if (resolver?.parent !== undefined) return resolver.parent;
  const decorators = nestDecorators(constants, fact.decorators, symbol.path, symbol.bindings);
  return readResolver(constants, decorators)?.parent ?? '';
}

/** The handler in each application that has its class. */
function handlersOf(
  parts: HandlerParts,
  { symbol, name, holders }: Provider,
  source: InheritedMethod,
  trigger: Trigger,
): readonly ProviderHandler[] {
  const method = parts.methods.at(source.path, source.index);
  const mounts = mountsOf(parts, symbol.path, holders(), anyApplications);
  return mounts.flatMap(({ application }): readonly ProviderHandler[] => {
    const project = parts.projects.of(application?.path ?? symbol.path);
    const place = {
      controller: name,
      handler: source.name,
      declaredIn: source.fact.name,
      location: method.location,
      firstLine: method.firstLine,
      lastLine: method.lastLine,
      methodId: method.id,
      project,
    };
    const idOf = (kind: string, what: string) =>
      [project, kind, what, `${symbol.path}#${name}`, source.name].join(' ');
    if (trigger.kind === 'graphql') {
      const id = idOf(trigger.kind, `${trigger.operation} ${trigger.name}`);
      return [{ ...trigger, id, ...place }];
    }
    const registered = asRegistered(parts, trigger, application, symbol.path);
    return registered.map((one, _, { length }) => {
      const what = length > 1 && one.queue ? `${one.pattern} ${one.queue}` : one.pattern;
      return { ...one, id: idOf(one.kind, what), ...place };
    });
  });
}

/** What a decorator listens to in an application: by what its modules register, and by its transports. */
function asRegistered(
  parts: HandlerParts,
  { registered, ...trigger }: MessageTrigger,
  application: Application | undefined,
  path: WorkspacePath,
): readonly ListeningTrigger[] {
  const own = { queue: undefined, ...trigger };
  if (registered) {
    return registered(parts.messages.of(application, path)).map((source) => ({
      ...own,
      ...source,
    }));
  }
  if (!trigger.library.startsWith('@nestjs/microservices') || !application) return [own];
  // NestJS says at the application, not at the handler, what brings its messages.
  const { transports } = application;
  const transport = trigger.transport ?? onlyTransport(transports);
  const isRabbit = transport === undefined || transport === 'RMQ';
  const reads = isRabbit ? onlyQueue(transports) : { queue: undefined };
  return [{ ...own, ...reads, transport }];
}

type ListeningTrigger = Omit<MessageTrigger, 'registered'> & Pick<MessageHandler, 'queue'>;
