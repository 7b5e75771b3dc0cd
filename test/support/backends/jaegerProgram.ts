import { join } from 'node:path';

import { findGoProgram, type FoundProgram } from './goProgram.ts';

const version = '1.67.0';

/** A Jaeger 1.67.0 all-in-one: see `findGoProgram`. */
export const findJaeger = (): Promise<FoundProgram> =>
  findGoProgram({
    name: 'jaeger',
    title: `Jaeger ${version}`,
    version,
    moduleFolder: join(import.meta.dirname, 'jaeger'),
    packageName: 'github.com/jaegertracing/jaeger/cmd/all-in-one',
    image: `jaegertracing/all-in-one:${version}`,
    variable: 'JAEGER_BINARY',
  });

/** A Jaeger 2.13, whose module is still called 1.76.0: see `findGoProgram`. */
export const findJaeger2 = (): Promise<FoundProgram> =>
  findGoProgram({
    name: 'jaeger',
    title: 'Jaeger 2.13',
    version: '1.76.0',
    moduleFolder: join(import.meta.dirname, 'jaeger2'),
    packageName: 'github.com/jaegertracing/jaeger/cmd/jaeger',
    image: 'jaegertracing/jaeger:2.13.0',
    variable: 'JAEGER2_BINARY',
  });
