export { type Answers, noAnswers } from './answers.ts';
export { type Guard, guardsBetween } from './guards.ts';
export {
  answersFor,
  planOf,
  questionsBetween,
  type Route,
  renameSteps,
  renamesOf,
  routeBetween,
  type SchemaPlanOptions,
} from './plan-schemas.ts';
export { renameStatements, unrenameStatements } from './rename-statements.ts';
export type { Rename } from './renames.ts';
export { touchedTables } from './touched.ts';
