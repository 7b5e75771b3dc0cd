import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { FiguresAnswer } from '../../core/ports.ts';
import type { JaegerServer } from './api.ts';
import { LearnedKeys } from './learnedKeys.ts';
import { metricFigures } from './metricFigures.ts';
import { isWholeUnit } from './metrics.ts';
import { sampleFigures } from './sampleFigures.ts';

type Figures = Omit<FiguresAnswer, 'fetchedAt'>;

/** The figures of a server: of all requests where it has metrics, else of a sample of its traces. */
export class FiguresReader {
  readonly #api: JaegerServer;
  readonly #sampleSize: number;
  readonly #keys = new LearnedKeys();
  #hasMetrics = true;

  /** @param sampleSize traces read at most, of all services and operations together */
  constructor(api: JaegerServer, sampleSize: number) {
    this.#api = api;
    this.#sampleSize = sampleSize;
  }

  /** @param isLate from when it holds, no further question is asked */
  async read(window: TimeWindow, isLate: () => boolean, signal: AbortSignal): Promise<Figures> {
    const measured = await this.#measured(window, isLate, signal);
    if (typeof measured === 'object') return measured;
    const sample = await sampleFigures(this.#api, window, this.#sampleSize, isLate, signal);
    if (sample.complete || measured === '') return sample;
    return { ...sample, reason: `${measured} ${sample.reason}` };
  }

  /** Figures from metrics, or why there are none: empty where none are to be expected. */
  async #measured(
    window: TimeWindow,
    isLate: () => boolean,
    signal: AbortSignal,
  ): Promise<Figures | string> {
    if (!this.#hasMetrics || !isWholeUnit(window)) return '';
    try {
      const figures = await metricFigures(this.#api, this.#keys, window, isLate, signal);
      if (typeof figures === 'object') return figures;
      this.#hasMetrics = figures !== 'disabled';
      return this.#hasMetrics ? emptyMetrics() : '';
    } catch (error) {
      if (!isSourceError(error) || error.code === 'busy') throw error;
      return error.message;
    }
  }
}

const emptyMetrics = (): string =>
  message(
    "Jaeger's metrics store has no metrics of these services. If the Collector's metric names end in _total and _milliseconds, set normalize_calls and normalize_duration for Prometheus in Jaeger.",
  );
