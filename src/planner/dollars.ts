/** A text in dollar quotes whose tag it does not hold, so that nothing in it can end them. */
export function inDollars(text: string, word: string): string {
  let tag = `$${word}$`;
  for (let pass = 1; text.includes(tag); pass++) tag = `$${word}_${pass}$`;
  return `${tag}${text}${tag}`;
}
