"""The frames of who acts and who is acted upon."""

from __future__ import annotations

from .dictionary_parts import SPAN, Frame, columns

ACTIONS = (
    Frame(
        "actions",
        "a predicate with one agent and one patient",
        "actions(articles)",
        columns(
            *SPAN,
            "text str the verb as written, with its particle where that stands right behind",
            "predicate str its lemma with the particle: carry out",
            "voice str active, passive (with an agent) or agentless (a passive without)",
            "negated bool whether it is said not to happen",
            "modal str may, could, will …; missing without one",
            "governor str the word it completes: refuse in “refused to meet”, say in “said X left”; missing where none",
            "speech bool whether the predicate is a verb of saying",
            *(
                line
                for role, who in (("agent", "who does it"), ("patient", "whom or what it is done to"))
                for line in (
                    f"{role} str the actor {who}; missing where the phrase names none",
                    f"{role}_text str the noun phrase as written; missing where nobody is said",
                    f"{role}_start float first code point of {role}_text in `articles.text`; NaN where it is missing",
                    f"{role}_end float code point after the last",
                )
            ),
            "part str title, heading or body",
        ),
    ),
    Frame(
        "action_counts",
        "an actor (in a group)",
        "action_counts(actions, articles)",
        columns(
            "actor str the actor",
            "n_agent int predicates of which it is the agent",
            "n_patient int predicates of which it is the patient",
            "n_agent_active int those of n_agent in the active voice",
            "n_agent_passive int those of n_agent in the passive (“by X”)",
            "n_agentless int those of n_patient in a passive that names no agent",
            "share_agent float n_agent / (n_agent + n_patient)",
            "n_articles int articles of the group that show the actor in either role",
        ),
        grouped=True,
    ),
    Frame(
        "agency",
        "an article",
        "agency(actions, articles, actor=…)",
        columns(
            "article_id str the article",
            "n_agent int predicates of which the actor is the agent",
            "n_patient int predicates of which the actor is the patient",
            "n_agentless int those of n_patient in a passive that names no agent",
            "share_agent float n_agent / (n_agent + n_patient); NaN where both are 0",
            "share_agentless float n_agentless / n_patient; NaN where n_patient is 0",
        ),
    ),
)
