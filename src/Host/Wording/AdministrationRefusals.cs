namespace Assize.Host.Wording;

/// <summary>The identity server's refusals of an administrator's form: what is wrong, what was kept, what to do. Keys of the pages' words.</summary>
internal static class AdministrationRefusals
{
    /// <summary>What is wrong with a field; the server's own words where there are none of ours.</summary>
    public static string Field(string code, string field, string said) => field switch
    {
        "reason" when code == "names_person" => "Enter a reason that does not name the person: it stays",
        "reason" => "Enter a reason of 10 to 500 characters",
        "name" => "Enter a name of at most 200 characters",
        "userName" => "Enter the user name that the agency has for them, in at most 200 characters",
        "externalId" => "Enter the id that the sign-in provider has for them, in at most 200 characters",
        "title" => "Say what they do in at most 200 characters",
        "email" => "Enter an e-mail address, like name@agency.example, or leave it empty",
        "code" => "Enter a short name in small letters, digits and hyphens, like custody",
        "label" => "Enter a label of at most 200 characters, and between 1 and 366 days",
        "from" => "The first day must be today or later",
        "to" => "The last day must be today or later, and not before the first day",
        "court" => "Enter the court’s name in letters, digits and hyphens",
        "authorisations" => "Enter at most 20 authorisations, in letters, digits and hyphens",
        "review" => "You looked at this list for more than an hour. What you chose is kept; look at it again and send it",
        "decide" => "Choose whether to approve or to refuse",
        _ => said,
    };

    /// <summary>What is wrong with the whole.</summary>
    public static string Whole(string code, string said) => code switch
    {
        "own_account" => "Nobody administers their own account, whichever account they use. Nothing was changed. Ask another administrator.",
        "wrong_state" => "The account is not in a state in which this can be done. Nothing was changed. Look at the account again.",
        "person_inactive" => "The account is suspended, or the person has left. Nothing was changed. Reactivate the account first.",
        "same_person" => "You asked for this, so another administrator decides. Nothing was changed.",
        "decided" => "This was decided before. Nothing was changed.",
        "expired" => "This request is too old. Nothing was changed. Ask again.",
        "asker_not_entitled" => "Whoever asked is no longer an administrator. Nothing was changed. Ask again.",
        "not_delegable" => "Administrators cannot give this role. Nothing was changed.",
        "wrong_kind" => "This role is not for an agency of this kind. Nothing was changed.",
        "outside_agency" => "A role reaches no further than its own agency and area. Nothing was changed.",
        "class_above_own" => "Nobody gives or approves more than their own role allows. Nothing was changed. Choose fewer cases, or ask another administrator.",
        "needs_second" => "A second administrator approves this role. Nothing was changed. Give it as it should be, and end this one when that is approved.",
        "not_certified" => "One of these roles needs no review. Nothing was changed.",
        "name_taken" => "The agency has a team of this name. Nothing was changed. Choose another name.",
        "provisioned" => "This team comes from the agency’s own provisioning, and is changed there. Nothing was changed.",
        "taken" => "There is one of this name or id already. Nothing was changed.",
        "has_administrator" => "The agency has two administrators, who appoint others. Nothing was changed.",
        "is_administrator" => "They administer the agency already. Nothing was changed. Name somebody else.",
        "too_many" => "The agency has three tokens that work. Nothing was changed. Revoke one first.",
        "too_many_systems" => "The agency has fifty systems. Nothing was changed. Retire one first.",
        "too_many_keys" => "The system has five keys. Nothing was changed. Remove one first.",
        "key_known" => "A system of the agency has this key. Nothing was changed. Make a new pair of keys.",
        "no_certificates" => "This server has no address that takes certificates, so no token can be bound to one. Nothing was changed.",
        "retired" => "This system is retired. Nothing was changed. Register another.",
        "not_left" => "Only what is personal of somebody who has left is erased. Nothing was changed. Record that they have left first.",
        "asked" => "This was asked for before, and waits for another administrator. Nothing was changed.",
        "erased" => "This was erased before. Nothing was changed.",
        "removed" => "This key is removed already. Nothing was changed.",
        "unreachable" => "The identity server did not answer. What you entered is kept below. Try again in a moment: nothing is done twice.",
        "key_used" => "This form was sent before, with other answers. Nothing more was changed. Look at what was done, and send it again if you still want to.",
        _ => said,
    };
}
