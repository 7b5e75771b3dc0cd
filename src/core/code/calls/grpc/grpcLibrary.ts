import type { ImportFact } from '../../language/facts.ts';
import type { CallLibrary } from '../callLibrary.ts';
import { placeOf } from '../recordedCall.ts';
import { grpcService } from './grpcService.ts';

/** What every client has besides the methods of its service. */
const ownMethods = new Set([
  'close',
  'getChannel',
  'waitForReady',
  'makeUnaryRequest',
  'makeClientStreamRequest',
  'makeServerStreamRequest',
  'makeBidiStreamRequest',
]);

/** Calls of gRPC services: of NestJS's ClientGrpc, and of the clients that grpc-js makes or that are generated for it. */
export const grpcLibrary: CallLibrary = {
  mentions: (text) => text.includes('@grpc/grpc-js'),
  members: new Map(),
  recordsAll: (imports) => !imports.some(isOfMessages) && imports.some(isOfClients),
  link: (parts, call) => {
    const { name } = call.fact;
    if (name === '' || name === '[]' || ownMethods.has(name)) return undefined;
    const service = grpcService(parts, call);
    if (service === undefined) return undefined;
    // The methods of a service begin with a capital, those of its clients don't.
    const method = name.slice(0, 1).toUpperCase() + name.slice(1);
    const target = `${service}/${method}`;
    return { ...placeOf(parts, call), library: 'grpc', system: 'gRPC', operation: name, target };
  },
};

function isOfClients({ from, name }: ImportFact): boolean {
  if (from === '@nestjs/microservices') return /^(?:\*|ClientGrpc(?:Proxy)?)$/.test(name);
  if (/^(?:@grpc\/grpc-js|grpc)$/.test(from)) return true;
  return /Client$/.test(name) && /grpc|proto|_pb$|\.pb$|generated|\bgen\b/i.test(from);
}

/** Generated code of messages calls nothing but its writers and readers. */
const isOfMessages = ({ from }: ImportFact): boolean =>
  /^(?:protobufjs|@bufbuild\/protobuf|google-protobuf)(?:\/|$)/.test(from);
