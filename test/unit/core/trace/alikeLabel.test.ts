import assert from 'node:assert/strict';
import { alikeLabel } from '../../../../src/core/trace/alikeLabel.ts';

describe('what labels of calls have in common', () => {
  it('is the address without its ids, however deep', () => {
    assert.equal(alikeLabel('GET tax/rates/7'), 'GET tax/rates/*');
    assert.equal(
      alikeLabel('POST https://a:1/b/c/d/e/f/g/h/42/tasks'),
      'POST https://a:1/b/c/d/e/f/g/h/*/tasks',
    );
  });

  it('is all of a route, of a query and of what has no path', () => {
    for (const label of [
      'POST /reset-password-verification-code-email',
      'GET /api/v1/tenants/:tenantId/projects/:projectId/boards/:boardId/tasks/:taskId',
      'GET /report-2024',
      'GET tax',
      'prisma order.findMany',
      'middleware - /*',
    ])
      assert.equal(alikeLabel(label), label);
  });
});
