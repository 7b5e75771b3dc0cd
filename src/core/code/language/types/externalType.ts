import { withOrigin } from './origin.ts';
import {
  clientType,
  decapitalise,
  foreignType,
  unknownType,
  type ValueType,
} from './valueTypes.ts';

const clientNames =
  /(^|\.)(\w*PrismaClient|PrismaService|CustomPrismaService|ExtendedPrismaService|TransactionClient|PrismaTransaction\w*|ITXClient)$/;

/** Type of an instance of a class that is no workspace file's, by its name and module; `isPackage`: not of the workspace. */
export function externalType(module: string, name: string, isPackage: boolean): ValueType {
  const isHost = name === 'TransactionHost' || name === 'CustomPrismaService';
  if (isHost && /^(?:@nestjs-cls|nestjs-prisma)(?:\/|$)/.test(module)) return { kind: 'host' };
  if (clientNames.test(name)) return clientType;
  const [, space, model] = /^(Prisma\.)?(\w+)Delegate$/.exec(name) ?? [];
  if (model !== undefined && (space !== undefined || /prisma/i.test(module))) {
    return { kind: 'delegate', model: decapitalise(model) };
  }
  if (name === 'Transaction' && module.startsWith('@nestjs-cls/')) return clientType;
  return withOrigin(isPackage ? foreignType : unknownType, { module, path: name });
}
