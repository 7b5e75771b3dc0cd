import type { ScopedExpression, ClassSymbol } from '../../language/program/symbols.ts';
import type { Classes, InheritedMethod } from '../../language/types/classes.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import type { Constant } from '../../language/values/evaluator.ts';
import { routeSuffix } from './routeSuffix.ts';
import { nestDecorators, type NestDecorator } from '../nestDecorators.ts';
import { emptyPath, type KnownPath, type Version } from './routePaths.ts';

export interface ControllerOptions {
  readonly paths: readonly KnownPath[];
  readonly versions: readonly Version[];
}

export interface ControllerRoute {
  /** Upper case. */
  readonly method: string;
  readonly paths: readonly KnownPath[];
  readonly versions: readonly Version[];
  readonly source: InheritedMethod;
}

const httpMethods: Readonly<Record<string, string>> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Options: 'OPTIONS',
  Head: 'HEAD',
  All: 'ALL',
  Search: 'SEARCH',
  Sse: 'GET',
  Propfind: 'PROPFIND',
  Proppatch: 'PROPPATCH',
  Mkcol: 'MKCOL',
  Copy: 'COPY',
  Move: 'MOVE',
  Lock: 'LOCK',
  Unlock: 'UNLOCK',
  QueryMethod: 'QUERY',
};

/** Packages whose decorators are Nest's, and typed forms of them. */
const routeModules = /^(@nestjs\/common|@nestia\/core)(\/|$)/;

/** Reads `@Controller` and its routes, inherited ones included, as Nest's router does. */
export class Controllers {
  readonly #constants: ConstantEvaluator;
  readonly #classes: Classes;

  constructor(constants: ConstantEvaluator, classes: Classes) {
    this.#constants = constants;
    this.#classes = classes;
  }

  /** `@Controller` of the class; with `inherited`, also of its bases (metadata is inherited). */
  options(symbol: ClassSymbol, inherited: boolean): ControllerOptions | undefined {
    for (const { symbol: owner, fact } of this.#classes.ancestry(symbol).classes) {
      const decorators = nestDecorators(
        this.#constants,
        fact.decorators,
        owner.path,
        owner.bindings,
      );
      const found = decorators.find((d) => d.name === 'Controller' && routeModules.test(d.module));
      if (found) return this.#readOptions(found, decorators);
      if (!inherited) return undefined;
    }
    return undefined;
  }

  routes(symbol: ClassSymbol): readonly ControllerRoute[] {
    return this.#classes.methods(symbol).flatMap((source) => {
      const { decorators: facts } = source.method;
      if (!facts || source.method.kind !== 'method') return [];
      const { path, bindings } = source.symbol;
      const decorators = nestDecorators(this.#constants, facts, path, bindings);
      const route = decorators.map((d) => this.#readRoute(d)).find((found) => found !== undefined);
      return route ? [{ ...route, versions: this.#versions(decorators), source }] : [];
    });
  }

  #readOptions(found: NestDecorator, decorators: readonly NestDecorator[]): ControllerOptions {
    const [argument] = found.args;
    const object = argument && this.#constants.resolve(argument);
    const isObject =
      object &&
      !object.symbol &&
      typeof object.expression === 'object' &&
      object.expression.kind === 'object';
    if (!isObject) {
      return { paths: this.#paths(argument), versions: this.#versions(decorators) };
    }
    const version = this.#constants.property(object, 'version');
    return {
      paths: this.#paths(this.#constants.property(object, 'path')),
      versions: version ? this.versions(version) : this.#versions(decorators),
    };
  }

  #readRoute(
    decorator: NestDecorator,
  ): { method: string; paths: readonly KnownPath[] } | undefined {
    if (!routeModules.test(decorator.module)) return undefined;
    const name = decorator.name.replace(/^(core\.)?(TypedRoute|EncryptedRoute|nest)\./, '');
    const [argument] = decorator.args;
    if (name === 'RequestMapping') {
      const path = argument && this.#constants.property(argument, 'path');
      const method = argument && this.#constants.property(argument, 'method');
      return { method: this.requestMethod(method) ?? 'GET', paths: this.#paths(path) };
    }
    const method = Object.hasOwn(httpMethods, name) ? httpMethods[name] : undefined;
    return method === undefined ? undefined : { method, paths: this.#paths(argument) };
  }

  /** `RequestMethod.POST` as `POST`; undefined when there is none. */
  requestMethod(bound: ScopedExpression | undefined): string | undefined {
    const value = bound && this.#constants.value(bound);
    return isExternal(value) && value.name.startsWith('RequestMethod.')
      ? value.name.slice('RequestMethod.'.length)
      : undefined;
  }

  #paths(argument: ScopedExpression | undefined): readonly KnownPath[] {
    if (!argument) return [emptyPath];
    const paths = this.#constants.items(argument).map((item): KnownPath => {
      const value = this.#constants.value(item);
      if (value === null) return emptyPath;
      return typeof value === 'string'
        ? { text: value, known: true }
        : { text: routeSuffix(this.#constants, item), known: false };
    });
    return paths.length > 0 ? paths : [emptyPath];
  }

  #versions(decorators: readonly NestDecorator[]): readonly Version[] {
    const found = decorators.find((d) => d.name === 'Version' && routeModules.test(d.module));
    const [argument] = found?.args ?? [];
    return argument ? this.versions(argument) : [];
  }

  /** A version, or an array of them. */
  versions(argument: ScopedExpression): readonly Version[] {
    return this.#constants.items(argument).flatMap((item): Version[] => {
      const value = this.#constants.value(item);
      if (typeof value === 'string' || typeof value === 'number') return [{ text: String(value) }];
      if (value === null || item.expression === 'undefined') return [];
      return [isExternal(value) && value.name === 'VERSION_NEUTRAL' ? 'neutral' : 'unknown'];
    });
  }
}

function isExternal(value: Constant): value is Extract<Constant, { kind: 'external' }> {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'external'
  );
}
