import { epochFromMilliseconds } from '../core/base/units.ts';
import type { Clock } from '../core/ports.ts';

export const systemClock: Clock = { now: () => epochFromMilliseconds(Date.now()) };
