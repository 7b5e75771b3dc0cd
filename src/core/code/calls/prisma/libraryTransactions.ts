import type { Expression } from '../../language/expression.ts';
import type { PrismaCallSite } from '../../model.ts';
import type { WorkspacePath } from '../../location.ts';
import type { CallParts } from '../callLibrary.ts';
import { placeOf } from '../recordedCall.ts';
import type { Program } from '../../language/program/program.ts';

const library = '@nestjs-cls/transactional';

/** Methods that nestjs-cls runs in a `$transaction` of its own, since they are decorated with `@Transactional()`. */
export function decoratedTransactions(
  parts: CallParts,
  path: WorkspacePath,
): readonly PrismaCallSite[] {
  const { program, methods, models } = parts;
  // Without a schema it is another database's library that is asked.
  if (models.size === 0) return [];
  const facts = program.facts(path);
  if (!facts || !mentions(program, path)) return [];
  return facts.methods.flatMap(({ decorators = [] }, index) => {
    const found = decorators.find(({ name }) => isTransactional(program, path, name));
    if (!found) return [];
    const { line, column } = methods.at(path, index).location;
    return {
      ...placeOf(parts, {
        fact: { name: 'Transactional', on: found.name, method: index, line, column },
        path,
      }),
      library: 'prisma' as const,
      model: undefined,
      operation: 'transaction',
      through: '@Transactional()',
    };
  });
}

/** Its own name, or another's that hands it on. */
function mentions(program: Program, path: WorkspacePath): boolean {
  return (program.facts(path)?.imports ?? []).some(
    ({ from, local }) =>
      from === library || (/transactional/i.test(local) && isTransactional(program, path, local)),
  );
}

function isTransactional(program: Program, path: WorkspacePath, name: Expression): boolean {
  if (typeof name !== 'string' || name.includes('.')) return false;
  const symbol = program.resolve(path, name);
  return (
    symbol?.kind === 'external' && symbol.module === library && symbol.name === 'Transactional'
  );
}
