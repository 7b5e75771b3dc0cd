import type { LibraryCallFact } from '../language/facts.ts';
import type { RecordedCalls } from '../language/extract/recordedCalls.ts';
import type { Program } from '../language/program/program.ts';
import type { MethodTable } from '../language/types/methodTable.ts';
import type { Classes } from '../language/types/classes.ts';
import type { ClientRegistrations } from '../nest/messages/clientRegistrations.ts';
import type { Configuration } from '../nest/configuration/configuration.ts';
import type { Subclasses } from '../language/types/subclasses.ts';
import type { Types } from '../language/types/types.ts';
import type { TypeContext, ValueType } from '../language/types/valueTypes.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import type { CallSite } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { Projects } from '../projects/projects.ts';

/** What linking a call may ask. */
export interface CallParts {
  readonly program: Program;
  readonly constants: ConstantEvaluator;
  /** Values of configuration and environment. */
  readonly configuration: Configuration;
  readonly classes: Classes;
  readonly types: Types;
  readonly subclasses: Subclasses;
  readonly methods: MethodTable;
  readonly projects: Projects;
  /** What clients of NestJS send through, by their tokens. */
  readonly clients: ClientRegistrations;
  /** Delegate name to model, of all Prisma schemas. */
  readonly models: ReadonlyMap<string, string>;
}

/** A call that the syntax recorded, and what it is called on. */
export interface RecordedCall {
  readonly fact: LibraryCallFact;
  readonly path: WorkspacePath;
  /** Where it stands. */
  readonly context: TypeContext;
  /** Of `fact.on`. */
  readonly type: ValueType;
}

/**
 * A library whose calls leave a method: a folder beside this file, and a line in `libraries.ts`. It says what makes a
 * file worth reading, which calls get a fact, and which of these are its own.
 */
export interface CallLibrary extends Partial<Omit<RecordedCalls, 'members'>> {
  readonly members: RecordedCalls['members'];
  /** True for the text of a file that must be read for its sake; runs over every file. */
  mentions(text: string): boolean;
  /** The call site of a recorded call; undefined: it isn't the library's. */
  link(parts: CallParts, call: RecordedCall): CallSite | undefined;
  /** Call sites that no call of the file's stands for: of decorators. */
  declared?(parts: CallParts, path: WorkspacePath): readonly CallSite[];
}
