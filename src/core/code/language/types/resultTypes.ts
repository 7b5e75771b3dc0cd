import type { Expression } from '../expression.ts';
import type { MethodSource } from '../facts.ts';
import type { Program } from '../program/program.ts';
import { bindNames } from '../values/bindNames.ts';
import { bestOrigin, calledType, withOrigin } from './origin.ts';
import { firstInformative } from './severalTypes.ts';
import {
  isAnyModel,
  isInformative,
  isPrismas,
  isShape,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

/** Types of what functions and methods give. */
export class ResultTypes {
  readonly #program: Program;
  readonly #reader: TypeReader;
  /** Methods whose returns are being read: one that returns its own result must not be read again. */
  readonly #open = new Set<MethodSource>();

  constructor(program: Program, reader: TypeReader) {
    this.#program = program;
    this.#reader = reader;
  }

  /** What calling a value gives. */
  of(callee: ValueType, context: TypeContext, args: readonly Expression[]): ValueType {
    if (callee.kind === 'function') {
      const { path } = callee;
      const method = this.#program.methodAt(path, callee.index);
      const owner = method.class;
      const self =
        owner === undefined ? undefined : ({ kind: 'class', path, index: owner } as const);
      return this.returned(method, { path, self, isStatic: method.static });
    }
    if (callee.kind === 'maker') return callee.of;
    if (callee.kind !== 'expression') return calledType(callee, args, context, unknownType);
    const { expression } = callee.bound;
    if (typeof expression !== 'object' || expression.kind !== 'function') return unknownType;
    const bindings = bindNames(expression.parameters, args, context);
    const inside = { ...context, ...callee.bound, bindings };
    const types = expression.returns.map((r) => this.#reader.of(r, inside));
    return firstInformative(types) ?? withOrigin(unknownType, bestOrigin(types));
  }

  /** What a method gives: its annotation, else its returns. */
  returned(method: MethodSource, context: TypeContext): ValueType {
    const type = method.type && this.#reader.ofType(method.type, context);
    const isVague = !type || !isInformative(type) || isShape(type) || isAnyModel(type);
    // What a getter gives may really be a package's: `get orders(): Orders { return client.getService(…) }`.
    if (!isVague && (type.kind !== 'interface' || method.kind !== 'getter')) return type;
    const { queryDatabase } = this.#program;
    if (this.#open.has(method)) {
      queryDatabase.circle();
      return isVague ? unknownType : type;
    }
    this.#open.add(method);
    const types = (method.returns ?? []).map((value) => this.#reader.of(value, context));
    this.#open.delete(method);
    const value = firstInformative(types);
    const isKnown = type && isInformative(type);
    if (value && !(isKnown && !isPrismas(value, this.#reader))) return value;
    return withOrigin(type ?? unknownType, bestOrigin(types));
  }
}
