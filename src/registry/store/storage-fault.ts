/** True when the database or its disk failed, and not what was asked of it: worth trying again later. */
export function isStorageFault(fault: unknown): boolean {
  return (
    fault instanceof Error &&
    'code' in fault &&
    typeof fault.code === 'string' &&
    /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/.test(fault.code)
  );
}
