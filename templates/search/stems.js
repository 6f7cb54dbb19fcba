// Words without their endings, by language, so that other forms of a word are found.
import { unspaced } from "./words.js";

const endings = {
  de: /(?:ungen|heiten|keiten|lichen|ischen|ung|heit|keit|lich|isch|ern|em|en|er|es|e|n|s)$/,
  es: /(?:aciones|acion|mente|ados|adas|idos|idas|ando|iendo|ado|ada|ido|ida|ar|er|ir|es|as|os|a|o|e|s)$/,
  fr: /(?:ations|ation|ements|ement|euses|euse|eurs|eur|antes|ante|ants|ant|ees|ee|es|er|ez|ir|e|s|x)$/,
  it: /(?:azioni|azione|mente|ando|endo|ati|ate|ato|ata|are|ere|ire|i|e|a|o)$/,
  nl: /(?:ingen|heden|elijk|ing|heid|en|er|es|e|s)$/,
  pt: /(?:acoes|acao|mente|ados|adas|ando|endo|ado|ada|ar|er|ir|es|as|os|a|o|e|s)$/,
  sv: /(?:heterna|heten|heter|ningar|ning|arna|erna|orna|ande|ar|er|or|en|et|a|e|s)$/,
};
const english = [
  [/sses$/, "ss"], [/ies$/, "y"], [/([^s])s$/, "$1"],
  [/(?:izations?|isations?)$/, "iz"], [/(?:ational|ations?)$/, "ate"], [/(?:ances?|ences?)$/, "e"],
  [/(?:fulness|ness|ments?)$/, ""], [/(?:ability|ibility)$/, "able"], [/^(.*[aeiouy].*?)(?:ing|edly|ed)$/, "$1"],
  [/(?:izer|iser|ized|ised|ise)$/, "iz"], [/([^aeiou])(?:ers?|ors?)$/, "$1"], [/ly$/, ""],
  [/([^aeiouylsz])\1$/, "$1"], [/i$/, "y"], [/e$/, ""], [/y$/, "i"],
];
const shortest = 3; // letters that must be left of a word

/** The stem of a word; a short one is its own. */
export const stemOf = (word, language) => {
  if (word.length <= shortest || unspaced.test(word)) return word;
  if (language === "en") {
    if (/(?:ss|us|is)$/.test(word)) return word;
    return english.reduce((stem, [ending, by]) => {
      const cut = stem.replace(ending, by);
      return cut.length < shortest ? stem : cut;
    }, word);
  }
  const ending = endings[language]?.exec(word);
  return ending && ending.index >= shortest ? word.slice(0, ending.index) : word;
};
