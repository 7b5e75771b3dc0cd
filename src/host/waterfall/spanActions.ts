import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { isSql, sqlDialect } from '../../core/waterfall/details/sqlStatement.ts';
import type { SqlThread } from '../../engine/sql/sqlThread.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type { SpanActionMethods } from '../../protocol/spanActions.ts';
import { readAttributeRequest, readCopySpan, readRowRequest } from './requestShapes.ts';
import type { ShownTrace } from './shownTrace.ts';
import type { SourcePage } from './sourcePage.ts';

export interface SpanActionOptions {
  readonly trace: Pick<ShownTrace, 'detail' | 'spanAs'>;
  readonly sql: Pick<SqlThread, 'format'>;
  readonly copy: (text: string) => Promise<void>;
  readonly page: SourcePage;
}

/** What the details of a span ask for besides what they show. */
export function spanActions(options: SpanActionOptions): Handlers<SpanActionMethods> {
  const { trace, sql, copy, page } = options;
  return {
    formatSql: async (params, signal) => {
      const { row, attribute: position } = readAttributeRequest(params);
      const { attributes } = await trace.detail(row, signal);
      const attribute = attributes[position];
      if (!attribute || !isSql(attribute, attributes)) return { marked: undefined };
      const statement = String(attribute.value);
      return { marked: await sql.format({ statement, dialect: sqlDialect(attributes) }, signal) };
    },
    copySpan: async (params, signal) => {
      const { row, format } = readCopySpan(params);
      const text = await trace.spanAs(row, format, signal);
      if (text === undefined)
        throw new SourceError(
          'rejected',
          message("This span doesn't record the URL of a request."),
        );
      await copy(text);
      return {};
    },
    openSourcePage: async (params, signal) => {
      const { row } = readRowRequest(params);
      const { spanId } = await trace.detail(row, signal);
      return page.open(spanId);
    },
  };
}
