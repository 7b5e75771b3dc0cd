import type { Expression } from '../../language/expression.ts';
import type { PrismaCall, WorkspacePath } from '../../model.ts';
import { qualifiedName, type MethodTable } from '../../language/types/methodTable.ts';
import type { Program } from '../../language/program/program.ts';
import type { Projects } from '../../projects/projects.ts';

interface LibraryParts {
  readonly program: Program;
  readonly methods: MethodTable;
  readonly projects: Projects;
}

const library = '@nestjs-cls/transactional';

/** Methods that nestjs-cls runs in a `$transaction` of its own, since they are decorated with `@Transactional()`. */
export function decoratedTransactions(
  { program, methods, projects }: LibraryParts,
  path: WorkspacePath,
): readonly PrismaCall[] {
  const facts = program.facts(path);
  if (!facts || !mentions(program, path)) return [];
  return facts.methods.flatMap(({ decorators = [] }, index) => {
    if (!decorators.some(({ name }) => isTransactional(program, path, name))) return [];
    const method = methods.at(path, index);
    const { line, column } = method.location;
    return {
      id: `${path}:${line}:${column}`,
      model: undefined,
      operation: 'transaction',
      location: method.location,
      enclosing: qualifiedName(method),
      methodId: method.id,
      inLoop: false,
      through: '@Transactional()',
      project: projects.of(path),
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
