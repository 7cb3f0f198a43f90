export { type Answers, noAnswers } from './answers.ts';
export {
  planOf,
  questionsBetween,
  type Route,
  renameSteps,
  renamesOf,
  routeBetween,
  type SchemaPlanOptions,
} from './plan-schemas.ts';
export type { Rename } from './renames.ts';
export { touchedTables } from './touched.ts';
