//! Roles that can be asked for by name, in the words of questions and of stored roles.

use super::question::Role;

/// Roles with the normal forms of their names; a stored role such as `Chairman & CEO` is each of its parts.
pub(crate) const ROLES: &[Role] = &[
    Role { name: "CEO", forms: &["ceo", "chiefexecutiveofficer", "chiefexecutive", "首席执行官", "执行长"] },
    Role {
        name: "CTO", forms: &["cto", "chieftechnologyofficer", "chieftechnicalofficer", "首席技术官", "技术长"]
    },
    Role { name: "CFO", forms: &["cfo", "chieffinancialofficer", "首席财务官", "财务长"] },
    Role { name: "COO", forms: &["coo", "chiefoperatingofficer", "首席运营官", "营运长"] },
    Role { name: "Chief scientist", forms: &["chiefscientist", "chiefscienceofficer", "首席科学家"] },
    Role { name: "President", forms: &["president", "总裁"] },
    Role { name: "Chairman", forms: &["chairman", "chairwoman", "chairperson", "chair", "董事长", "主席"] },
    Role { name: "General manager", forms: &["generalmanager", "总经理"] },
    Role { name: "Managing partner", forms: &["managingpartner", "管理合伙人"] },
    Role { name: "Partner", forms: &["partner", "partners", "合伙人"] },
    Role { name: "Vice president", forms: &["vicepresident", "vp", "globalvp", "副总裁"] },
    Role { name: "Director", forms: &["director", "总监"] },
    Role { name: "Editor", forms: &["editor", "编辑"] },
    Role { name: "Author", forms: &["author", "作者"] },
];

/// The role whose name `text` begins with, and the length of the name; the longest one wins.
pub(crate) fn at(text: &str) -> Option<(usize, Role)> {
    ROLES
        .iter()
        .flat_map(|role| role.forms.iter().map(move |form| (form.len(), *role, *form)))
        .filter(|(_, _, form)| text.starts_with(form))
        .max_by_key(|(length, ..)| *length)
        .map(|(length, role, _)| (length, role))
}

/// Whether a stored role, in normal form, is `role`.
///
/// A vice president is no president, and a managing partner is a partner: a longer role that contains the form counts
/// only when it does not name another role.
pub(crate) fn is(stored: &str, role: Role) -> bool {
    let mut rest = stored;
    while let Some(c) = rest.chars().next() {
        if let Some((length, found)) = at(rest) {
            if found == role || (role.name == "Partner" && found.name == "Managing partner") {
                return true;
            }
            rest = rest.get(length..).unwrap_or_default();
        } else {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Role {
        *ROLES.iter().find(|role| role.name == name).unwrap()
    }

    #[test]
    fn every_part_of_a_stored_role_counts() {
        assert!(is("chairmanceo", role("CEO")) && is("chairmanceo", role("Chairman")));
        assert!(is("董事长兼ceo", role("CEO")));
        assert!(!is("vicepresident", role("President")) && is("globalvpchinagm", role("Vice president")));
        assert!(is("managingpartner", role("Partner")) && !is("partner", role("Managing partner")));
    }

    #[test]
    fn forms_are_normal_and_the_longest_wins() {
        for role in ROLES {
            for form in role.forms {
                assert_eq!(crate::names::normal_form(form), *form);
            }
        }
        assert_eq!(at("managingpartnerof").unwrap().1.name, "Managing partner");
    }
}
