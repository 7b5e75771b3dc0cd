import type { TypeFact } from '../../language/facts.ts';
import { originOf } from '../../language/types/origin.ts';
import type { Origin, ValueType } from '../../language/types/valueTypes.ts';
import type { WorkspacePath } from '../../location.ts';
import type { CallParts, RecordedCall } from '../callLibrary.ts';
import { textIn } from '../callArguments.ts';
import { argumentMade } from '../clientCall.ts';

const grpcModule = /^(?:@grpc\/grpc-js|grpc)$/;
/** NestJS's clients of one service, and what makes a client's class of its name. */
const nestService = /^ClientGrpc(?:Proxy)?\.(?:getService|getClientByServiceName)\(\)$/;
const classMaker = /(?:^|\.)make(?:Generic)?ClientConstructor\(\)$/;
/** A client in a package whose files aren't read: `GreeterClient` of `./greeter_grpc_pb`. */
const generatedModule = /(?:_grpc_pb|\.pb|grpc|proto)/i;

/** Name of the gRPC service, without its package, that a call's receiver is a client of; undefined: it is none. */
export function grpcService(parts: CallParts, call: RecordedCall): string | undefined {
  const { type, fact } = call;
  if (type.kind === 'instance') return ofClass(parts, type, fact.name);
  const origin = type.kind === 'interface' ? type.value : originOf(type);
  const ofOrigin = origin && ofPackage(parts, origin);
  if (ofOrigin !== undefined || type.kind !== 'interface') return ofOrigin;
  return extendsClient(parts, type.path, type.fact) ? serviceOf(type.fact.name) : undefined;
}

function ofPackage(parts: CallParts, origin: Origin): string | undefined {
  const { module, path } = origin;
  const named = (position: number) =>
    textIn(parts, argumentMade(origin, position))?.split('.').at(-1) ?? '*';
  if (module === '@nestjs/microservices') return nestService.test(path) ? named(0) : undefined;
  if (grpcModule.test(module)) {
    if (classMaker.test(path)) return named(1);
    const [, loaded] = /loadPackageDefinition\(\)\.(?:\w+\.)*(\w+)$/.exec(path) ?? [];
    return loaded;
  }
  return generatedModule.test(module) && /^\w+Client$/.test(path) ? serviceOf(path) : undefined;
}

/** Of a generated class, which extends grpc-js's Client itself; what a team's class below it adds is no call of the service. */
function ofClass(
  { classes }: CallParts,
  { symbol }: Extract<ValueType, { kind: 'instance' }>,
  method: string,
): string | undefined {
  const { outside, classes: all } = classes.ancestry(symbol);
  if (typeof outside !== 'object' || !isClient(outside)) return undefined;
  const generated = all.at(-1);
  const found = classes.method(symbol, method);
  const isOwn = found === undefined || found.fact === generated?.fact;
  return generated && isOwn ? serviceOf(generated.fact.name) : undefined;
}

function extendsClient(
  { program }: CallParts,
  path: WorkspacePath,
  { extends: bases = [] }: TypeFact,
): boolean {
  return bases.some((base) => {
    const [root = '', ...rest] = base.split('.');
    const symbol = program.resolve(path, root);
    if (symbol?.kind !== 'external') return false;
    return isClient({ module: symbol.module, name: rest.at(-1) ?? symbol.name });
  });
}

const isClient = ({ module, name }: { readonly module: string; readonly name: string }) =>
  grpcModule.test(module) && /(?:^|\.)Client$/.test(name);

const serviceOf = (client: string): string => client.replace(/^I(?=[A-Z])|Client$/g, '');
