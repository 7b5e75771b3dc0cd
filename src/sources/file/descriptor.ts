import { namedFile } from '../namedFile.ts';
import type { SourceDescriptor } from '../sourceDescriptor.ts';

export interface FileSettings {
  readonly kind: 'file';
  readonly path: string;
}

/** A trace file; the command line reads it. */
export const file = {
  kind: 'file',
  commandLine: {
    flags: {},
    argument: {
      name: 'file',
      help: 'trace file from Jaeger, Tempo, Zipkin or OTLP, can be gzipped',
    },
    read: (given): FileSettings => ({ kind: 'file', path: given.text('file') }),
    locate: ({ kind, path }, { cwd }) => ({ kind, path: namedFile(path, cwd, 'Trace file') }),
    document: ({ path }) => path,
  },
} as const satisfies SourceDescriptor<FileSettings>;
