import type { Expression } from '../expression.ts';
import type { ClassMembers } from './classMembers.ts';
import { firstInformative } from './severalTypes.ts';
import {
  isPrismas,
  unknownType,
  type HolderType,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

/** `0`, of `const [first] = …`. */
const isPosition = (index: Expression): boolean =>
  typeof index === 'object' && index.kind === 'literal' && typeof index.value === 'number';

/** Types of what arrays, Maps, objects and clients hold, by a key or all together. */
export class HeldTypes {
  readonly #members: ClassMembers;
  readonly #reader: TypeReader;

  constructor(members: ClassMembers, reader: TypeReader) {
    this.#members = members;
    this.#reader = reader;
  }

  /** `of[index]`. */
  element(of: ValueType, index: Expression, context: TypeContext): ValueType {
    const item = this.item(of);
    if (item) return item;
    const key = this.#members.text(index, context);
    if (key !== undefined) return this.#reader.member(of, key);
    // `for (const [key, client] of clients)`: a Map's entry stands for its value.
    if (isPosition(index) && isPrismas(of, this.#reader)) return of;
    if (this.#reader.isClient(of)) return { kind: 'delegate', model: undefined };
    return this.values(of)?.of.kind === 'delegate'
      ? { kind: 'delegate', model: undefined }
      : unknownType;
  }

  /** What an array, a Map and the like hold; undefined: not one of these. */
  item(of: ValueType): ValueType | undefined {
    if (of.kind === 'holder') return of.of;
    if (of.kind !== 'expression') return undefined;
    const { expression } = of.bound;
    if (typeof expression !== 'object' || expression.kind !== 'array') return undefined;
    const inside = { self: undefined, ...of.bound };
    const types = expression.items.map((item) => {
      const isSpread = typeof item === 'object' && item.kind === 'spread';
      const type = this.#reader.of(isSpread ? item.of : item, inside);
      return isSpread ? (this.item(type) ?? type) : type;
    });
    return firstInformative(types) ?? unknownType;
  }

  /** What an object literal holds, `{ user: prisma.user, post: prisma.post }`; undefined: it isn't one. */
  values(of: ValueType): HolderType | undefined {
    if (of.kind !== 'expression') return undefined;
    const { expression } = of.bound;
    if (typeof expression !== 'object' || expression.kind !== 'object') return undefined;
    const inside = { self: undefined, ...of.bound };
    const types = expression.entries.map(([, value]) => this.#reader.of(value, inside));
    return { kind: 'holder', of: firstInformative(types) ?? unknownType };
  }
}
