import type { Logical, SchemaElement } from './format.ts';

/** A file says what values mean twice, in the old way and in the new one. One wrong byte in either makes numbers of texts. */
export function checkAgreement(column: string, { converted_type: old, logical_type: logical }: SchemaElement): void {
  if (old === undefined || logical === undefined) return;
  const expected = oldNames(logical);
  if (expected && !expected.includes(old)) throw new Error(`${column}: a type that is ${old} and ${logical.type} at once`);
}

/** `undefined` for what the old way has no names for. Source: Parquet's LogicalTypes.md. */
function oldNames(logical: Logical): readonly string[] | undefined {
  switch (logical.type) {
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      return ['UTF8', 'ENUM', 'JSON'];
    case 'INTEGER':
      return [`${logical.isSigned ? '' : 'U'}INT_${logical.bitWidth}`];
    case 'TIME':
    case 'TIMESTAMP':
      return [`${logical.type}_${logical.unit}`];
    case 'DECIMAL':
    case 'DATE':
    case 'BSON':
      return [logical.type];
    default:
      return undefined;
  }
}
