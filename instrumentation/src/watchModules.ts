import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { watchLibrary } from './clientLibraries.ts';
import { watchDecorators } from './decorated.ts';
import { readProviders, type NestModules } from './nestProviders.ts';
import { locatePrismaCalls } from './prismaCalls.ts';

type Load = (this: unknown, module: { exports: unknown }, filename: string) => unknown;
const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, Load> };

const loaderFile = /[\\/]@nestjs[\\/]core[\\/]injector[\\/]instance-loader\.js$/;
const nestIndex = /[\\/]@nestjs[\\/]core[\\/]index\.js$/;
const metadataFile = /[\\/]reflect-metadata[\\/]Reflect\.js$/;
const prismaFile = /[\\/]runtime[\\/](?:library|client|binary)\.js$/;

let watching = false;

/**
 * Finds NestJS, Prisma and the clients of other services as the application loads them. What is CommonJS (NestJS to 11, Prisma's client as
 * `require` gets it) passes by here. NestJS 12 is not: it is looked for as soon as reflect-metadata, which is
 * and which it loads first, has come by and the modules that are being loaded are there.
 */
export function watchModules(): void {
  const load = extensions['.js'];
  if (watching || load === undefined) return;
  watching = true;
  watchDecorators();
  extensions['.js'] = function (module, filename) {
    const loaded = load.call(this, module, filename);
    try {
      moduleLoaded(module, filename);
    } catch {
      // The application gets what it asked for; its spans have no lines.
    }
    return loaded;
  };
}

function moduleLoaded(module: { exports: unknown }, filename: string): void {
  watchLibrary(module.exports, filename);
  if (loaderFile.test(filename)) watchLoader(module.exports);
  else if (prismaFile.test(filename)) module.exports = withClientsWatched(module.exports);
  else if (nestIndex.test(filename)) queueMicrotask(() => void findNest(filename));
  else if (metadataFile.test(filename)) {
    watchDecorators();
    queueMicrotask(() => void findNest(process.argv[1]));
  }
}

const watchedLoaders = new WeakSet();

/** Nest's InstanceLoader makes the instances of an application, and of each lazy module, in one call. */
function watchLoader(exports: unknown): void {
  const { InstanceLoader } = exports as { InstanceLoader?: { prototype: Loader } };
  const prototype = InstanceLoader?.prototype;
  if (prototype === undefined || watchedLoaders.has(prototype)) return;
  watchedLoaders.add(prototype);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its loader below
  const create = prototype.createInstancesOfDependencies;
  prototype.createInstancesOfDependencies = async function (this: Loader, modules) {
    // eslint-disable-next-line prefer-rest-params -- without modules Nest takes its own
    await Reflect.apply(create, this, arguments);
    readProviders(modules ?? this.container.getModules());
  };
}

interface Loader {
  readonly container: { getModules(): NestModules };
  createInstancesOfDependencies(modules?: NestModules): Promise<void>;
}

/** Does nothing where Nest isn't there, or is CommonJS and so comes by itself. */
async function findNest(from: string | undefined): Promise<void> {
  try {
    const load = createRequire(from ?? join(process.cwd(), 'main.js'));
    const manifest = load('@nestjs/core/package.json') as { readonly type?: string };
    if (manifest.type !== 'module') return;
    const file = load.resolve('@nestjs/core/injector/instance-loader.js');
    // Node's own types know it of later versions only.
    const { require_module: canRequire } = process.features as { require_module?: boolean };
    // eslint-disable-next-line no-restricted-syntax -- the application's module, not ours
    watchLoader(canRequire === true ? load(file) : await import(pathToFileURL(file).href));
  } catch {
    // Not a NestJS application.
  }
}

type GetClient = (...args: unknown[]) => new (...args: unknown[]) => object;

/** Prisma's runtime, whose clients have their calls located as they are made. */
function withClientsWatched(exports: unknown): unknown {
  const { getPrismaClient } = exports as { getPrismaClient?: GetClient };
  if (typeof getPrismaClient !== 'function') return exports;
  const value: GetClient = (...args) =>
    new Proxy(getPrismaClient(...args), {
      construct: (target, given: unknown[], type) =>
        locatePrismaCalls(Reflect.construct(target, given, type) as object),
    });
  const members = Object.getOwnPropertyDescriptors(exports as object);
  return Object.create(Object.getPrototypeOf(exports) as object, {
    ...members,
    getPrismaClient: { value, enumerable: true, configurable: true, writable: true },
  });
}
