import { message } from '../../../base/message.ts';
import type { CodeProblem } from '../../model.ts';
import type { Program } from '../../language/program/program.ts';

/** Where code uses Prisma's client and no schema is known: calls whose receiver has no type can't be told then. */
export function missingSchema({ files, configs }: Program): readonly CodeProblem[] {
  if ([...configs.values()].some(({ kind }) => kind === 'schema')) return [];
  for (const [path, { imports }] of files) {
    const client = imports.find(
      ({ from, name }) => from === '@prisma/client' && name === 'PrismaClient',
    );
    if (!client) continue;
    const text = message(
      "No Prisma schema found, so some Prisma calls are missing. Add the schema's folder to the workspace, or set prisma.schema in package.json.",
    );
    return [{ path, line: undefined, message: text }];
  }
  return [];
}
