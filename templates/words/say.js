// Says a word by its name, with what stands in braces filled in; of something that is counted, as the language counts.
window.bokwormSay = (name, places = {}) => {
  const word = words[name] ?? name;
  const said = word.other ? word[new Intl.PluralRules(word.language ?? language).select(places.count)] ?? word.other : word;
  return said.replace(/\{(\w+)\}/g, (place, of) => places[of] ?? place);
};
// Several things in a sentence.
window.bokwormSay.list = (things) => new Intl.ListFormat(language).format(things);
// The language that they are in.
window.bokwormSay.language = language;
