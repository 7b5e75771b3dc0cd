import { join } from 'node:path';

import { shopFolder } from '../shop.ts';
import { findGoProgram, type FoundProgram } from './goProgram.ts';

/** The Go service of samples/shop: see `findGoProgram`. */
export const findRates = (): Promise<FoundProgram> =>
  findGoProgram({
    name: 'rates',
    title: 'rates service of samples/shop',
    moduleFolder: join(shopFolder, 'rates'),
    packageName: '.',
    variable: 'RATES_BINARY',
  });
