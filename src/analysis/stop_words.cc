// SPDX-License-Identifier: GPL-2.0-or-later
// Stop words in folded form (no accents), the words of questions among them.
#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "analysis/analyser.h"

namespace tome {
namespace {

constexpr char kEnglish[] =
    "a about after again all also am an and any are aren't as at be because been before being both "
    "but by can can't cannot could couldn't did didn't do does doesn't doing don't done e.g each "
    "eg "
    "else etc for from had has hasn't have haven't having he he's her here hers him his how how's "
    "i "
    "i'd i'll i'm i've ie if in into is isn't it it's its just let let's may me might mine more "
    "most "
    "must my no nor not of off on once one only or other our ours out over own s shall she should "
    "shouldn't so some such t than that that's the their theirs them then there there's these they "
    "they're this those through to too under until up upon us very via was wasn't we we're were "
    "weren't what what's when where where's whether which while who who's whom whose why will with "
    "within without won't would wouldn't yet you you're your yours";

constexpr char kGerman[] =
    "aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis "
    "bist da damit dann das dass dein dem den denn der des dessen die dies diese diesem diesen "
    "dieser "
    "dieses doch dort du durch ein eine einem einen einer eines er es etwas euch fur ganz gegen "
    "hab "
    "habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins "
    "ist "
    "ja jede jedem jeden jeder jedes kann kein keine konnen konnte macht man manche mein mich mir "
    "mit "
    "muss nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich "
    "sie "
    "sind so soll sollte sondern sonst uber um und uns unser unter viel vom von vor wann war waren "
    "warum was weil welche welchem welchen welcher welches wem wen wenn wer werde werden weshalb "
    "wie "
    "wieso will wir wird wo wofur woher wohin womit worden wurde wurden zu zum zur zwischen";

constexpr char kFrench[] =
    "a afin ai ainsi alors apres as au aussi autre aux avait avant avec avez avons c car ce ceci "
    "cela "
    "celle celles celui ces cet cette ceux chaque chez ci comme comment combien d dans de depuis "
    "des "
    "donc dont du elle elles en encore entre es est et etaient etait etant ete etes etre eu fait "
    "faut "
    "font furent ici il ils j je jusque l la laquelle le lequel les lesquels leur leurs lors "
    "lorsque "
    "lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas peu "
    "peut "
    "plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses "
    "si "
    "soi soit son sont sous sur t ta te tes toi ton tous tout toute toutes tres tu un une vers vos "
    "votre vous y";

constexpr char kSpanish[] =
    "a al algo algun alguna algunas alguno algunos ante antes aquel aquella asi aun aunque bajo "
    "bien "
    "cada como con contra cual cuales cuando cuanto cuantos de del desde donde dos durante e el "
    "ella "
    "ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estan estar estas "
    "este "
    "esto estos fue fueron ha haber habia hace hacia han has hasta hay la las le les lo los mas me "
    "mi "
    "mientras mis mucho muchos muy nada ni no nos nosotros nuestra nuestro o os otra otro otros "
    "para "
    "pero poco por porque pues que quien quienes se sea segun ser si sido sin sino sobre son soy "
    "su "
    "sus tal tambien tan tanto te tiene tienen todo todos tu tus un una unas uno unos usted y ya "
    "yo";

constexpr char kItalian[] =
    "a ad agli ai al alcuni alla alle allo anche ancora avere aveva bene c che chi ci cio coi col "
    "come "
    "con contro cosa cosi cui d da dagli dai dal dalla dalle dallo degli dei del della delle dello "
    "dentro di dopo dove due e ed era erano essere fa fra fu furono gli ha hai hanno ho i il in io "
    "l "
    "la le lei li lo loro lui ma me mentre mi mia mie miei mio molto ne negli nei nel nella nelle "
    "nello noi non nostra nostro o ogni oppure per perche piu poco poi prima puo qual quale quali "
    "quando quanti quanto quella quelle quelli quello questa queste questi questo qui s se sei "
    "senza "
    "si sia siamo siete sono sopra sotto stato stesso su sua sue sugli sui sul sulla suo suoi ti "
    "tra "
    "tra tu tutti tutto un una uno v vi voi";

constexpr char kPortuguese[] =
    "a ainda algo alguem algum alguma ao aos apenas apos aquela aquele aquilo as ate cada com como "
    "contra cujo da das de dela dele deles depois desde dessa desse desta deste do dos durante e "
    "ela "
    "elas ele eles em enquanto entao entre era eram essa essas esse esses esta estao estas estava "
    "este "
    "estes eu foi foram ha isso isto ja la lhe lhes mais mas me mesmo meu minha muito muitos na "
    "nao nas "
    "nem no nos nossa nosso num numa o onde os ou outra outro outros para pela pelas pelo pelos "
    "pode "
    "por porque pois qual quais quando quanto quantos que quem se sem sendo ser seu seus sido so "
    "sob "
    "sobre sua suas tal tambem tao te tem tendo ter teu toda todas todo todos tu tua um uma umas "
    "uns "
    "voce voces";

constexpr char kDutch[] =
    "aan al alle alleen als altijd ander andere ben bij bijna daar daarom dan dat de deze die dit "
    "doch "
    "doen doet door dus een eens elk elke en er ge geen had hadden heb hebben heeft hem het hier "
    "hij "
    "hoe hoeveel hun iemand iets ik in is ja je jij jou jouw jullie kan kon kunnen maar me meer "
    "men met "
    "mij mijn moet na naar niet niets nog nu of om omdat ons onze ook op over reeds te tegen "
    "tijdens "
    "toch toen tot tussen u uit uw van veel voor waar waarom wanneer want waren was wat we wel "
    "welk "
    "welke werd werden wie wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou zulke";

using Words = std::unordered_set<std::string_view>;

std::unordered_map<std::string_view, Words> all_lists() {
  std::unordered_map<std::string_view, Words> lists;
  const auto add = [&lists](std::string_view language, std::string_view words) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      if (end > 0) lists[language].insert(words.substr(0, end));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  };
  add("en", kEnglish);
  add("de", kGerman);
  add("fr", kFrench);
  add("es", kSpanish);
  add("it", kItalian);
  add("pt", kPortuguese);
  add("nl", kDutch);
  return lists;
}

}  // namespace

bool is_stop_word(std::string_view surface, std::string_view language) {
  static const std::unordered_map<std::string_view, Words> lists = all_lists();
  const auto list = lists.find(language);
  return list != lists.end() && list->second.contains(surface);
}

}  // namespace tome
