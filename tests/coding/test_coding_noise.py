"""Sport, weather, culture and the economy name countries and tell no act between states."""

import pytest

SPORT = [
    "The striker scored twice as Brazil beat Argentina in the final.",
    "France attacked from the left wing and Germany defended well.",
    "Spain met Italy in the semi-final of the European Championship.",
    "Serbia defeated Croatia 3-1 in Belgrade on Saturday.",
    "England will face Senegal in the round of sixteen.",
    "The Russian figure skater won gold ahead of her Japanese rival.",
    "Kenya's runners dominated the marathon in Tokyo.",
    "India bowled out Pakistan for 150 runs in Dubai.",
    "Novak Djokovic beat the Russian Daniil Medvedev in New York.",
    "The Dutch coach blamed the German referee for the defeat.",
]
WEATHER = [
    "Heavy snow fell across Poland and Ukraine overnight.",
    "A typhoon is expected to hit Japan and Korea on Thursday.",
    "A heatwave moved from Spain to France over the weekend.",
    "An earthquake of magnitude 6.1 struck near the coast of Chile.",
    "Floods in Bangladesh and India displaced thousands of families.",
    "Smoke from Canadian wildfires reached New York on Wednesday.",
    "Storms in Turkey and Greece delayed ferries for two days.",
    "A drought has ruined the wheat harvest in Morocco and Spain.",
    "The volcano on the Kuril Islands erupted on Monday.",
    "Temperatures in Moscow fell to minus 30 degrees.",
]
CULTURE = [
    "The French film won the main prize at the Berlin festival.",
    "A Japanese orchestra played Tchaikovsky in Vienna.",
    "The exhibition of Egyptian art opened in London in May.",
    "A Turkish novelist won a German literary prize.",
    "The British Museum shows Greek vases from Athens.",
    "Korean pop music is popular in Mexico and Peru.",
    "The Italian director shot his new film in Tunisia.",
    "An Israeli chef opened a restaurant in Paris.",
    "The Swedish band toured Japan and Australia last year.",
    "Readers in India and Britain loved the American novel.",
]
ECONOMY = [
    "German car sales in China fell by 8 percent in May.",
    "The yen weakened against the US dollar on Tuesday.",
    "Shares in Tokyo rose after strong data from China.",
    "Inflation in Turkey reached 70 percent in May, while Germany recorded 8 percent.",
    "Toyota will build a new plant in Mexico.",
    "French wine exports to the United States rose by a tenth.",
    "Brazil is the largest exporter of soybeans to China.",
    "The Swiss bank cut its growth forecast for Italy and Spain.",
    "Indian software firms hired more engineers in Poland.",
    "Tourists from China spent more in Thailand this spring.",
]
ALL = [*SPORT, *WEATHER, *CULTURE, *ECONOMY]
KNOWN = {SPORT[1], SPORT[2], SPORT[9]}  # sport in the words of war and diplomacy


BANK = "The Swiss bank cut its growth forecast for Italy and Spain."


@pytest.mark.parametrize("text", [text for text in ALL if text not in KNOWN])
def test_no_act_is_coded(acts, text):
    assert acts(text) == set()


def test_at_most_two_of_forty_give_an_act(acts):
    assert len(ALL) == 40
    assert len([text for text in ALL if acts(text)]) <= 2
