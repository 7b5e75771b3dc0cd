import stripJsonComments from 'strip-json-comments';
import { readCompose } from './config/compose.ts';
import { readEnvironment } from './config/environment.ts';
import { readSchemaModels, type SchemaModel } from './calls/prisma/prismaSchema.ts';
import { asRecord, asText, asTexts } from './config/json.ts';

/** What a configuration file says to the code index. */
export type ConfigFacts =
  | {
      readonly kind: 'package';
      readonly name: string;
      /** Files it may start from: `main`, `types`, `exports`; relative. */
      readonly entries: readonly string[];
      /** Packages it installs; those of the workspace are left out where it says so. */
      readonly dependencies: readonly string[];
      /** `OTEL_SERVICE_NAME=…` in its scripts. */
      readonly serviceNames: readonly string[];
      /** Globs of the folders of its packages: npm's and Yarn's `workspaces`. */
      readonly workspaces: readonly string[];
      /** File or folder of Prisma's schema. */
      readonly prismaSchema: string | undefined;
    }
  | {
      readonly kind: 'tsconfig';
      readonly extends: readonly string[];
      readonly baseUrl: string | undefined;
      readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
      readonly outDir: string | undefined;
      readonly rootDir: string | undefined;
      /** Folders or files of the projects it is built with. */
      readonly references: readonly string[];
    }
  /** nest-cli.json, or Nx's project.json: folders that are projects. */
  | {
      readonly kind: 'projects';
      readonly projects: readonly { readonly name: string; readonly root: string }[];
    }
  | { readonly kind: 'schema'; readonly models: readonly SchemaModel[] }
  | { readonly kind: 'environment'; readonly variables: Readonly<Record<string, string>> }
  | {
      readonly kind: 'compose';
      readonly services: readonly {
        readonly name: string;
        readonly context: string | undefined;
        readonly serviceName: string;
      }[];
    };

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** True for a configuration file that `extractConfig` can read. */
export function isConfigFile(path: string): boolean {
  return readerOf(fileName(path)) !== undefined;
}

/** Reads a configuration file; undefined when it isn't one or can't be understood. */
export function extractConfig(path: string, text: string): ConfigFacts | undefined {
  return readerOf(fileName(path))?.(text);
}

function readerOf(name: string): ((text: string) => ConfigFacts | undefined) | undefined {
  if (name === 'package.json') return readPackage;
  if (name === 'nest-cli.json' || name === '.nestcli.json') return readNestCli;
  if (name === 'project.json') return readNxProject;
  if (/^tsconfig(\..+)?\.json$/.test(name) || name === 'jsconfig.json') return readTsconfig;
  if (name.endsWith('.prisma') || name.endsWith('.zmodel')) {
    return (text) => ({ kind: 'schema', models: readSchemaModels(text) });
  }
  if (/^\.env(\..+)?$/.test(name)) {
    return (text) => ({ kind: 'environment', variables: readEnvironment(text) });
  }
  if (/^(docker-)?compose.*\.ya?ml$/.test(name)) {
    return (text) => ({ kind: 'compose', services: readCompose(text) });
  }
  return undefined;
}

/** JSON, with comments and commas at ends as tsconfig has them; undefined: it is broken, or no object. */
function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  return asRecord(parsed(plain) ?? parsed(stripJsonComments(plain, { trailingCommas: true })));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readPackage(text: string): ConfigFacts | undefined {
  const json = parseJson(text);
  if (!json) return undefined;
  const scripts = Object.values(asRecord(json['scripts']) ?? {}).join('\n');
  const names = [...scripts.matchAll(/OTEL_SERVICE_NAME=["']?([^\s"']+)/g)];
  return {
    kind: 'package',
    name: asText(json['name']) ?? '',
    entries: [json['source'], json['main'], json['module'], json['types'], json['exports']].flatMap(
      (value) => entryTexts(value),
    ),
    dependencies: [json['dependencies'], json['devDependencies'], json['peerDependencies']].flatMap(
      installedNames,
    ),
    serviceNames: [...new Set(names.map((match) => match[1] ?? ''))],
    workspaces: workspaceGlobs(json['workspaces']),
    prismaSchema: asText(asRecord(json['prisma'])?.['schema']),
  };
}

/** A list, or in an object as Yarn has it. */
function workspaceGlobs(value: unknown): readonly string[] {
  return asTexts(asRecord(value)?.['packages'] ?? value);
}

/** `workspace:*`, `file:../db`: a folder of the workspace. */
const localVersion = /^(?:workspace|file|link|portal):/;

function installedNames(dependencies: unknown): string[] {
  return Object.entries(asRecord(dependencies) ?? {}).flatMap(([name, version]) =>
    typeof version === 'string' && localVersion.test(version) ? [] : [name],
  );
}

/** Conditions within conditions. */
const mostConditions = 20;

/** Texts of an `exports` value at any sensible depth of conditions for `.`. */
function entryTexts(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  const record = asRecord(value);
  if (!record || depth > mostConditions) return [];
  const root = record['.'];
  if (root !== undefined) return entryTexts(root, depth + 1);
  return Object.entries(record)
    .filter(([key]) => !key.startsWith('.'))
    .flatMap(([, inner]) => entryTexts(inner, depth + 1));
}

function readTsconfig(text: string): ConfigFacts | undefined {
  const json = parseJson(text);
  if (!json) return undefined;
  const options = asRecord(json['compilerOptions']) ?? {};
  const paths = Object.entries(asRecord(options['paths']) ?? {});
  const base = json['extends'];
  const references = Array.isArray(json['references']) ? (json['references'] as unknown[]) : [];
  return {
    kind: 'tsconfig',
    extends: typeof base === 'string' ? [base] : asTexts(base),
    baseUrl: asText(options['baseUrl']),
    paths: paths.map(([pattern, targets]) => [pattern, asTexts(targets)] as const),
    outDir: asText(options['outDir']),
    rootDir: asText(options['rootDir']),
    references: references.flatMap((reference) => asText(asRecord(reference)?.['path']) ?? []),
  };
}

function readNestCli(text: string): ConfigFacts | undefined {
  const projects = Object.entries(asRecord(parseJson(text)?.['projects']) ?? {});
  return {
    kind: 'projects',
    projects: projects.flatMap(([name, value]) => {
      const project = asRecord(value);
      const root = asText(project?.['root']) ?? asText(project?.['sourceRoot']);
      return root === undefined ? [] : [{ name, root }];
    }),
  };
}

function readNxProject(text: string): ConfigFacts | undefined {
  const json = parseJson(text);
  const name = asText(json?.['name']);
  const isNx = json && ('targets' in json || 'projectType' in json || 'sourceRoot' in json);
  return isNx ? { kind: 'projects', projects: [{ name: name ?? '', root: '.' }] } : undefined;
}
