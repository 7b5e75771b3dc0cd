import { isBuiltin } from 'node:module';
import { calleesOf } from '../../src/core/code/calls/callGraph.ts';
import { CalledMethods, type MethodRef } from '../../src/core/code/calls/calledMethods.ts';
import { modelsOf } from '../../src/core/code/calls/prisma/prismaCalls.ts';
import { recordedCall } from '../../src/core/code/calls/recordedCall.ts';
import type { WorkspaceFacts } from '../../src/core/code/linker.ts';
import { Program } from '../../src/core/code/language/program/program.ts';
import { Classes } from '../../src/core/code/language/types/classes.ts';
import { Subclasses } from '../../src/core/code/language/types/subclasses.ts';
import { originOf } from '../../src/core/code/language/types/origin.ts';
import { Types } from '../../src/core/code/language/types/types.ts';
import type { ValueType } from '../../src/core/code/language/types/valueTypes.ts';
import { ConstantEvaluator } from '../../src/core/code/language/values/constantEvaluator.ts';
import { CommandHandlers } from '../../src/core/code/nest/messages/commandHandlers.ts';
import { EventListeners } from '../../src/core/code/nest/messages/eventListeners.ts';
import { Providers } from '../../src/core/code/nest/providers.ts';
import type { NamePlace } from './checkedEdges.ts';
import type { Told } from './told.ts';

/** A call that the index has a fact of, by where its name stands, and what the index takes its receiver for. */
export interface IndexedCall {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly receiver: readonly Told[];
}

/** A method and the names of what it calls, as the index follows it. */
export interface IndexedMethod {
  readonly at: NamePlace;
  readonly calls: readonly (NamePlace & { readonly name: string })[];
}

/** The types of the index, as its linker puts them together. */
export function indexedTypes(facts: WorkspaceFacts): {
  readonly models: ReadonlyMap<string, string>;
  readonly calls: () => readonly IndexedCall[];
  readonly methods: () => readonly IndexedMethod[];
} {
  const program = new Program();
  program.update(facts);
  const constants = new ConstantEvaluator(program);
  const classes = new Classes(constants);
  const models = modelsOf(program);
  const types = new Types({ constants, classes, providers: new Providers(constants), models });
  const calls = () =>
    [...program.files].flatMap(([path, { libraryCalls }]) =>
      libraryCalls
        .filter(({ name }) => name !== '' && name !== '[]')
        .map((fact) => {
          const { type } = recordedCall({ program, types }, fact, path);
          const { line, column } = fact;
          return { path, line, column, receiver: toldOf(type, program, classes) };
        }),
    );
  const subclasses = new Subclasses(program, classes);
  const commands = new CommandHandlers(constants);
  const events = new EventListeners(program);
  const called = new CalledMethods({ program, classes, subclasses, types, commands, events });
  const placeOf = ({ path, index }: MethodRef) => {
    const { name, line, column } = program.methodAt(path, index);
    return { path, line, column, name };
  };
  const methods = () =>
    [...program.files].flatMap(([path, file]) =>
      file.methods.map((_, index) => ({
        at: placeOf({ path, index }),
        calls: called
          .of(calleesOf(file).get(index) ?? [], { path, index })
          .methods.map((ref) => placeOf(ref)),
      })),
    );
  return { models, calls, methods };
}

/** `@acme/orm/client` is of `@acme/orm`. */
const ofPackage = (module: string): Told => ({
  kind: 'package',
  module: /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module,
});

function toldOf(type: ValueType, program: Program, classes: Classes): readonly Told[] {
  switch (type.kind) {
    case 'client':
      return [{ kind: 'client' }];
    case 'delegate':
      return [{ kind: 'model', name: type.model ?? '' }];
    case 'instance': {
      const { origin } = type;
      const own = [type.symbol, ...(type.or ?? [])].flatMap((symbol) =>
        // What is provided for an abstract class is told more closely than it is declared.
        classes.ancestry(symbol).classes.map(({ symbol: { path }, fact }) => ({
          kind: 'workspace' as const,
          path,
          name: fact.name,
        })),
      );
      return origin ? [...own, ofPackage(origin.module)] : own;
    }
    case 'static': {
      const { path, index } = type.symbol;
      return [{ kind: 'workspace', path, name: program.classAt(path, index).name }];
    }
    case 'interface':
      return [{ kind: 'workspace', path: type.path, name: type.fact.name }];
    case 'several':
      return type.types.flatMap((one) => toldOf(one, program, classes));
    case 'foreign':
    case 'unknown': {
      const origin = originOf(type);
      if (!origin) return [{ kind: 'unknown' }];
      return [isBuiltin(origin.module) ? { kind: 'language' } : ofPackage(origin.module)];
    }
    default:
      return [{ kind: 'unknown' }];
  }
}
