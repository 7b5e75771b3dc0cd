import { traceFacts } from '../core/explain/traceFacts.ts';
import { jaegerJson } from '../core/trace/export/traceJaeger.ts';
import { otlpJson } from '../core/trace/export/traceOtlp.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { replaceFile } from './code/replaceFile.ts';
import type { EngineParts } from './engineParts.ts';
import type { EngineMethods } from './methods.ts';
import { tracedBy } from './tracedBy.ts';

type ExportMethods = Pick<EngineMethods, 'saveTrace' | 'traceFacts'>;

/** A trace for others: as a file that opens again, and in few words. */
export function exportMethods(parts: EngineParts): Handlers<ExportMethods> {
  return {
    saveTrace: async ({ traceId, format, path }, signal) => {
      const { built, answer } = await tracedBy(parts, traceId, signal);
      const pieces =
        format === 'otlp' ? otlpJson(answer.spans) : jaegerJson(built.trace.traceId, answer.spans);
      await replaceFile(path, inChunks(pieces));
      return {};
    },
    traceFacts: async ({ traceId }, signal) => {
      const { built, matches } = await tracedBy(parts, traceId, signal);
      return traceFacts({ trace: built.trace, matches });
    },
  };
}

const chunkLength = 1 << 16;

/** Few large pieces: each is a write. */
function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
