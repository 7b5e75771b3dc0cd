import { message } from '../../core/base/message.ts';

/** Where a search is of every service and a question of one, so many are asked. */
export const mostServices = 50;

export const tooManyServices = (count: number): string =>
  message('Only {0} of {1} services were queried. Select a service.', mostServices, count);
