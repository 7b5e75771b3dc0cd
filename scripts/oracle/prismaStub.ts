import { operationNames } from '../../src/core/code/calls/prisma/prismaOperations.ts';

/** Stands for the client that Prisma generates, where it isn't generated. */
export const stubPath = '/prismaStub.d.ts';

const ofModels = [...operationNames].filter((name) => !name.startsWith('$'));
const ofClient = [...operationNames, '$connect', '$disconnect', '$on', '$use'].filter(
  (name) => name.startsWith('$') && name !== '$transaction',
);

/**
 * Declarations of a client with these models; what calls give is `any`.
 * @param models delegate's name to model
 */
export function prismaStub(models: ReadonlyMap<string, string>): string {
  const methods = ofModels.map((name) => `${name}(args?: any): Promise<any>;`).join(' ');
  return [
    'export declare class PrismaClient<A = any, B = any, C = any> {',
    '  constructor(options?: any);',
    ...ofClient.map((name) => `  ${name}(...args: any[]): Promise<any>;`),
    '  $extends(extension: any): PrismaClient;',
    '  $transaction<R>(run: (tx: Prisma.TransactionClient) => Promise<R>, options?: any): Promise<R>;',
    '  $transaction(all: any[], options?: any): Promise<any[]>;',
    ...[...models].map(([name, model]) => `  readonly ${name}: Prisma.${model}Delegate;`),
    '}',
    'export declare namespace Prisma {',
    '  interface TransactionClient extends PrismaClient {}',
    ...[...models.values()].map((model) => `  interface ${model}Delegate { ${methods} }`),
    '}',
  ].join('\n');
}
