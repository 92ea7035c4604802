/** Whether "0.41.1" >= "0.28". False for an unknown version. */
export function atLeast(version: string | undefined, wanted: string): boolean {
  if (!version) return false
  const parts = version.split(/[^\d]+/).map(Number)
  for (const [index, part] of wanted.split('.').map(Number).entries()) {
    const mine = parts[index] ?? 0
    if (mine !== part) return mine > part
  }
  return true
}
