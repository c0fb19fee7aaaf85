/** Stops waiting after so many milliseconds, not the work itself. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | 'too-late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'too-late'>((resolve) => {
    timer = setTimeout(resolve, milliseconds, 'too-late');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
