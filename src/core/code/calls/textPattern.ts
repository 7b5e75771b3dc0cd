import { asMember, type Expression } from '../language/expression.ts';
import type { ScopedExpression } from '../language/program/symbols.ts';
import { bindNames, parameterNames } from '../language/values/bindNames.ts';
import type { CallParts } from './callLibrary.ts';

type Parts = Pick<CallParts, 'constants' | 'configuration' | 'program' | 'types'>;

/** What stands for a part that isn't known. */
const open = '*';
/** Values that one pattern may be made of. */
const mostSteps = 200;
const maxDepth = 10;

/**
 * The URL or name that an expression makes, with `*` for each part that only the running program knows: a constant, a template,
 * what a configuration or an environment file sets, the href of `new URL(path, base)`. Undefined: nothing of it is known.
 */
export function textPattern(parts: Parts, bound: ScopedExpression): string | undefined {
  const text = new Reading(parts).pattern(bound, 0).replaceAll(/\*+/g, open);
  return /^[*/:?&=.\s]*$/.test(text) ? undefined : text;
}

/** A URL below another: of an absolute one itself. */
export function joinUrls(base: string | undefined, path: string | undefined): string | undefined {
  if (base === undefined || (path !== undefined && /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(path)))
    return path;
  if (path === undefined) return `${base.replace(/\/+$/, '')}/${open}`;
  return path === '' ? base : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

class Reading {
  readonly #parts: Parts;
  #steps = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  pattern(bound: ScopedExpression, depth: number): string {
    if (depth > maxDepth || (this.#steps += 1) > mostSteps) return open;
    const { constants } = this.#parts;
    const value = constants.value(bound);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    const resolved = constants.resolve(bound);
    if (resolved.symbol) return open;
    const at = { ...resolved, self: resolved.self ?? bound.self };
    const { expression } = at;
    const inner = (next: Expression) => this.pattern({ ...at, expression: next }, depth + 1);
    if (typeof expression === 'object') {
      switch (expression.kind) {
        case 'join':
          return expression.parts.map(inner).join('');
        case 'either':
          return this.#likeliest(expression.options.map(inner));
        case 'guarded':
          return inner(expression.of);
        case 'typed':
          return inner(expression.of);
        case 'new':
          return expression.callee === 'URL' ? this.#ofUrl(expression.args, inner) : open;
        case 'call':
          if (keepsText(expression.callee)) return inner(asMember(expression.callee)?.of ?? '');
          if (expression.callee === 'String') return inner(expression.args[0] ?? '');
          return this.#ofCall(at, expression, depth) ?? this.#configured(at, depth);
        case 'parameter':
          return open;
      }
    }
    const member = asMember(expression);
    if (member?.name === 'href') return inner(member.of);
    return this.#configured(at, depth);
  }

  #configured(at: ScopedExpression, depth: number): string {
    const { configuration } = this.#parts;
    const text = configuration.text(at);
    if (text !== undefined) return text;
    const followed = configuration.followed(at);
    return followed.expression === at.expression ? open : this.pattern(followed, depth + 1);
  }

  /** `this.keyOf(id)`: what the workspace's function gives, where it gives one thing. */
  #ofCall(
    at: ScopedExpression,
    { callee, args }: Extract<Expression, { kind: 'call' | 'new' }>,
    depth: number,
  ): string | undefined {
    const { program, types } = this.#parts;
    const { path, self, bindings } = at;
    const target = types.callee(callee, { path, self, bindings });
    if (!target) return undefined;
    const method = program.methodAt(target.path, target.index);
    const [returned, ...others] = method.returns ?? [];
    if (returned === undefined || others.length > 0) return undefined;
    const inside = { path: target.path, self: target.self ?? self };
    const given = bindNames(parameterNames(method), args, at);
    return this.pattern({ ...inside, expression: returned, bindings: given }, depth + 1);
  }

  /** Of alternatives the first that says anything. */
  #likeliest(options: readonly string[]): string {
    return options.find((option) => option !== open) ?? open;
  }

  #ofUrl(args: readonly Expression[], inner: (next: Expression) => string): string {
    const [path, base] = args.map(inner);
    return joinUrls(base, path) ?? open;
  }
}

/** Methods that give the text they are called on, or near enough. */
function keepsText(callee: Expression): boolean {
  const name = asMember(callee)?.name;
  return name === 'toString' || name === 'trim';
}
