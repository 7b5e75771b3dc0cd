import { matchTrace } from '../src/core/matching/matchTrace.ts';
import { buildTrace } from '../src/core/trace/build.ts';
import { foldersOf, noSourceMaps } from '../test/support/mapTrace.ts';
import { usersApp } from '../test/support/recordedApps.ts';
import { readRecording } from '../test/support/recordedSpans.ts';
import { cpuTime } from './cpuTime.ts';
import { repeatedSpans } from './repeatedSpans.ts';

/** Prints how much CPU time the spans of recorded NestJS and Prisma requests, many times over, take to map. */
export function benchMapping(): void {
  for (const size of [1_000, 10_000, 100_000]) {
    const spans = repeatedSpans(readRecording('nest-prisma-spans', 'users-api'), size);
    const { trace } = buildTrace(spans);
    const folders = foldersOf(spans, usersApp);
    const mapping = cpuTime(() => matchTrace(trace, usersApp, folders, noSourceMaps));
    console.log(
      `  ${size.toLocaleString('en-US').padStart(7)} spans mapped in ${mapping.toFixed(1)} ms of CPU`,
    );
  }
}
