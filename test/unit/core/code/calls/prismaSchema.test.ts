import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSchemaModels } from '../../../../../src/core/code/calls/prisma/prismaSchema.ts';

const schema = `
generator client { provider = "prisma-client" }
/// A loan. @@map("no")
model Loan {
  id       Int      @id @default(autoincrement())
  state    State    @default(OPEN) // }
  url      String   @default("https://x/}")
  member   Member   @relation(fields: [memberId], references: [id])
  memberId Int
  tags     Tag[]    @relation("LoanTags")
  back     Loan?    @relation(name: "Again", fields: [backId], references: [id])
  backId   Int?
  @@map("loan_entries")
  @@schema("library")
}
// model Ghost { id Int }
model Member extends Person { id Int @id }
view Report {
  id Int
  @@map(name: "loan_report")
}
enum State {
  OPEN
  @@map("loan_state")
}
model Broken {
  id Int
model Tag { id Int }
`;

describe('readSchemaModels', () => {
  const models = readSchemaModels(schema);
  const model = (name: string) => models.find((one) => one.name === name)!;

  it('finds models and views, also after a block that is not closed yet', () => {
    assert.deepEqual(
      models.map(({ name }) => name),
      ['Loan', 'Member', 'Report', 'Broken', 'Tag'],
    );
  });

  it('knows the table of each, the name of a model being its default', () => {
    assert.deepEqual(
      models.map(({ table }) => table),
      ['loan_entries', 'Member', 'loan_report', 'Broken', 'Tag'],
    );
  });

  it('knows which types its fields have and what it extends', () => {
    assert.deepEqual(model('Loan').related, ['State', 'Member', 'Tag', 'Loan']);
    assert.deepEqual(model('Member').related, ['Person']);
  });

  it('knows its named relations', () => {
    assert.deepEqual(model('Loan').relations, ['LoanTags', 'Again']);
  });

  it('reads what is written of any models, whatever their bodies hold', () => {
    const name = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,10}$/);
    const field = fc.constantFrom(
      'id Int @id',
      'note String @default("}{")',
      '// a } b',
      '@@index([id])',
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 6 }), fc.array(field), (names, fields) => {
        const text = names.map(
          (one) => `model ${one} {\n  ${fields.join('\n  ')}\n  @@map("t_${one}")\n}`,
        );
        assert.deepEqual(
          readSchemaModels(text.join('\n')).map(({ name, table }) => `${name} ${table}`),
          names.map((one) => `${one} t_${one}`),
        );
      }),
    );
  });
});
