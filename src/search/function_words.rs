//! Words that hold a sentence together and tell no page from another: a question may have them, and no page needs them.
//! They are ours, short, and written as `token` writes words.

use foldhash::HashSet;

/// The function words of a language.
#[derive(Debug, Default)]
pub struct FunctionWords {
    words: HashSet<&'static [u8]>,
}

impl FunctionWords {
    /// Those of a language by its code, of which the first part counts; none where we have none.
    pub(super) fn of(language: &str) -> Self {
        Self { words: listed(language).split_ascii_whitespace().map(str::as_bytes).collect() }
    }

    /// Whether a word is one.
    pub(super) fn contains(&self, word: &[u8]) -> bool {
        self.words.contains(word)
    }
}

/// The function words of a language, with white space between them.
pub(super) fn listed(language: &str) -> &'static str {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    LISTS.iter().find(|(code, _)| main.eq_ignore_ascii_case(code)).map_or("", |(_, words)| words)
}

const LISTS: [(&str, &str); 17] = [
    (
        "en",
        "a about after again ago all almost already also although always am among an and another any anybody anyone \
         anything are around as at be because been before being both but by can cant could did didnt do does doesnt doing \
         done dont each either else enough even ever every everybody everyone everything few for from get got had has \
         have having he her here hers him his how i if im in instead into is isnt it its just less let like lot many may \
         me might mine more most much must my need never no nobody nor not nothing of off often on one only or other \
         others otherwise our ours out over rather same shall she should since so some somebody someone something \
         sometimes soon still such sure than that thats the their theirs them then there theres these they this those \
         though through to together too under until up upon us very want was we well were what whatever whats when where \
         whether which while who whom whose why will with within without would yes yet you your youre yours",
    ),
    (
        "de",
        "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein \
         deine dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem \
         einen einer eines er es etwas euer eure fur gegen gibt hab habe haben hat hatte hatten hier ich ihm ihn ihnen ihr \
         ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kannst konnen konnte man mein meine mich \
         mir mit muss mussen nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie \
         sind so soll sollen sollte sollten uber um und uns unser unsere unter vom von vor wann war waren warum was welche \
         welchem welchen welcher welches wenn wer werde werden wessen wie wieso will wir wird wo woher wohin wollen wozu \
         wurde wurden zu zum zur zwischen",
    ),
    (
        "fr",
        "a afin ai as au aussi aux avec avez avoir avons c ca car ce ceci cela celle celles celui ces cest cet cette ceux \
         chez ci comment d dans de depuis des dois doit donc dont du elle elles en entre es est et etaient etait etant ete \
         etre eux fait faut il ils j je l la laquelle le lequel les lesquelles lesquels leur leurs lors lui m ma mais me \
         mes moi mon n ne ni nos notre nous on ont ou par pas peut peuvent plus pour pourquoi puis qu quand que quel \
         quelle quelles quels qui quoi s sa sans se sera ses si soit son sont sous suis sur t ta te tes toi ton tous tout \
         toute toutes tres tu un une vers vos votre vous y",
    ),
    (
        "es",
        "a al algo algun alguna algunas algunos ante antes aquel aquella asi aun bajo cada como con contra cual cuales \
         cuando cuanto cuantos de debe deben debo del desde donde dos e el ella ellas ellos en entre era eran eres es esa \
         esas ese eso esos esta estaba estan estar estas este esto estos estoy fue fueron ha haber habia han has hasta hay \
         he la las le les lo los mas me mi mis mucho muy nada ni no nos nosotros nuestra nuestras nuestro nuestros o os \
         otra otras otro otros para pero podemos por porque puede pueden puedo que quien quienes se sea ser si sin sobre \
         solo son soy su sus tal tambien te tiene tienen toda todas todo todos tu tus un una unas uno unos y ya yo",
    ),
    (
        "it",
        "a ad agli ai al alla alle allo anche avere c che chi ci co come con cosa cui d da dagli dai dal dalla dalle dallo \
         de degli dei del dell della delle dello deve devo di dove due e ed era erano essere fa fra gli ha hai hanno ho i \
         il in io l la le lei li lo loro lui ma mi mia mie miei mio ne negli nei nel nella nelle nello no noi non nostra \
         nostre nostri nostro o ogni per perche piu posso possono puo qual quale quali quando quanto quella quelle quelli \
         quello questa queste questi questo qui se sei si sia siamo sono su sua sue sugli sui sul sulla sulle sullo suo \
         suoi ti tra tu tua tue tuo tutte tutti tutto un una uno vi voi",
    ),
    (
        "pt",
        "a ao aos aquela aquele aquilo as ate com como da das de dela dele deles depois deve devem devo do dos e ela elas \
         ele eles em entre era essa essas esse esses esta estao estas este estes eu foi foram ha isso isto ja la lhe mais \
         mas me mesmo meu meus minha minhas muito na nao nas nem no nos nossa nossas nosso nossos num numa o onde os ou \
         para pela pelas pelo pelos pode podem por porque posso qual quais quando que quem sao se sem ser seu seus so sob \
         sobre sua suas tambem te tem tenho ter teu toda todas todo todos tu tua um uma umas uns voce voces",
    ),
    (
        "nl",
        "aan al alle als bij daar dan dat de deze die dit doe doen door dus een en er ga gaat geen had haar hebben heb \
         heeft hem het hier hij hoe hun ik in is je kan kunnen kun maar me men met mij mijn moet moeten na naar niet niets \
         nog nu of om omdat ons onze ook op over te tegen toch tot u uit uw van veel voor waar waarom wanneer want waren \
         was wat we welk welke wel werd wie wij wil worden wordt zal ze zich zij zijn zo zonder zou",
    ),
    (
        "sv",
        "alla allt att av bara blev bli blir da dar de dem den denna deras dess dessa det detta dig din dina ditt du efter \
         eller en er ett for fran gor ha hade han har hon hur i icke ingen inte jag kan kunna man med mellan men mig min \
         mina mitt mot mycket maste nagon nagot nar ni nu och om oss pa samma sedan sig sin sina sitt ska skall skulle som \
         sa till under upp ut utan vad var vara varfor varje vara vart vem vi vid vilka vilken vilket vill",
    ),
    (
        "pl",
        "a aby ale bez by byc byl byla bylo byly ci co czy czyj dla do dlaczego gdy gdzie go i ich ile im ja jak jaka \
         jakie jaki jako je jego jej jest jestem jesli juz kiedy kim kto ktora ktore ktory ma mam mi mnie moge moja moje \
         moj mozna moze musi my na nad nam nas nasz nasza nasze nie nim niz o od oni oraz po pod poniewaz przed przez przy \
         sa sie skad swoj ta tak tam te tego tej ten to tu tym u w was we wy z za zas ze",
    ),
    (
        "ru",
        "а без более бы был была были было быть в вам вас ваш ваша ваше во вот все всех вы где да для до его ее если есть \
         еще же за зачем и из или им их к как какая какие какой какое ко когда кого кому кто ли лучше меня мне можно мой мои моя \
         мое мы на над надо нам нас наш наша наше не него нее нет ни них но ну о об он она они оно от по под почему при про с \
         сам свой свои со так также такой там те тем то того тоже только том ты у уже чего чем что чтобы эта эти это этого этой \
         этом этот я",
    ),
    (
        "ar",
        "و في من على الى إلى عن مع هو هي هم هل ما ماذا متى اين أين كيف لماذا لم لن لا ان أن إن كان كانت هذا هذه ذلك تلك الذي \
         التي الذين كل قد او أو ثم بعد قبل عند بين اذا إذا انا أنا نحن انت أنت يكون تكون به بها له لها",
    ),
    (
        "he",
        "את של על עם אל או גם כי לא מה מי מתי איפה היכן איך כיצד למה מדוע האם הוא היא הם הן אני אנחנו אתה אתם זה זאת זו אלה \
         יש אין כל אם היה היתה יהיה לי לך לו לה לנו להם בין כמו אבל רק עוד כן",
    ),
    (
        "cy",
        "a ac ai am ar at beth ble bod chi dan dim eich ei eu fel fi fod gan gyda hi hon hwn hynny i ir maen mae mewn na nac \
         ni nid o oedd oes os pa pam pan pryd pwy sut sydd sy trwy un wedi wrth y yma ym yn yng yr yw ydyn ydych",
    ),
    (
        "zh",
        "的 地 得 了 是 在 和 与 與 及 或 及其 什么 什麼 怎么 怎麼 怎样 怎樣 如何 哪 哪些 哪里 哪個 哪个 吗 嗎 呢 吧 啊 为什么 為什麼 为何 為何 谁 誰 我 \
         你 您 他 她 它 我们 我們 你们 你們 他们 他們 这 這 那 这个 這個 那个 那個 这些 這些 那些 这本 這本 有 没有 沒有 应该 應該 应 應 可以 可 能 \
         能够 能夠 会 會 要 需要 不 也 都 就 而 被 把 将 將 从 從 到 对 對 对于 對於 关于 關於 为 為 以 于 於 之 所 其 个 個 做 吧",
    ),
    (
        "ja",
        "の は が を に で と も や へ か ね よ から まで より など として とは には では への での だ です でした である であり ます ました \
         ません ない なく する して した しない される された します いる いた ある あり あった なる なった こと もの ため とき よう \
         これ それ あれ この その あの ここ そこ どこ いつ 何 なに なぜ 誰 だれ どの どう どれ どんな どのように いくつ べき できる \
         でき について における による おける ください 教え て た し さ せ い な ば べ",
    ),
    ("th", "ที่ ของ และ หรือ คือ อะไร ใคร เมื่อไร ที่ไหน ทำไม อย่างไร ใน จาก ไป มา ได้ ให้ เป็น มี ไม่ ว่า นี้ นั้น กับ โดย จะ ต้อง"),
    (
        "ko",
        "이 그 저 것 수 및 등 더 또는 그리고 그러나 하지만 무엇 무엇인가요 무엇입니까 누가 누구 언제 어디 어디서 어떻게 왜 어떤 어느 \
         있는 없는 하는 되는 있나요 인가요 하나요 입니까 합니까",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    #[test]
    fn function_words_are_written_as_words_of_pages_are() {
        for (language, words) in LISTS {
            for word in words.split_ascii_whitespace() {
                if word.chars().any(token::is_unspaced) {
                    continue;
                }
                let mut found = Vec::new();
                token::words(word, |word| found.push(word.to_vec()));
                assert_eq!(found, [word.as_bytes()], "{word} of {language}");
            }
        }
    }

    #[test]
    fn a_language_goes_by_the_first_part_of_its_code() {
        assert!(FunctionWords::of("pt-BR").contains(b"para"));
        assert!(FunctionWords::of("EN").contains(b"whose"));
        assert!(!FunctionWords::of("tlh").contains(b"the"));
    }
}
