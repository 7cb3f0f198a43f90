/** One upload to code scanning, processed. */
export interface SarifUpload {
  id: string;
  repositoryId: number;
  commitSha: string;
  /** `refs/heads/main`, `refs/pull/3/head`, `refs/pull/3/merge`. */
  ref: string;
  toolName: string;
  /** The text that was uploaded. */
  sarif: string;
  /** Why it could not be processed; empty when it could. */
  errors: string[];
}
