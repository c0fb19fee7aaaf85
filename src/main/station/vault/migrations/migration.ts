/** One step of the database's history. Numbered in tens, so that a repair can be put between two of them. */
export interface Migration {
  readonly version: number;
  /** Runs inside one transaction together with the change of `user_version`. */
  readonly sql: string;
}
