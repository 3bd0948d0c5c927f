//! MHTML, which browsers call "Webpage, Single File": the HTML part of a mail with attachments.

/// The HTML of a page that was saved as MHTML, with the number of lines before it; `None` if it is something else.
pub(super) fn html(text: &str) -> Option<(String, usize)> {
    let (head, _) = split_head(text)?;
    let kind = header(head, "content-type")?;
    if !kind.to_ascii_lowercase().starts_with("multipart/") || header(head, "mime-version").is_none() {
        return None;
    }
    let boundary = kind.split("boundary=").nth(1)?.trim_start_matches('"');
    let boundary = format!("--{}", boundary.split(['"', ';', '\r', '\n']).next()?.trim());
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(&boundary)) {
        let start = from + at + boundary.len();
        let part = text.get(start..)?;
        let part = part.trim_start_matches(['\r', '\n']);
        let end = part.find(&boundary).unwrap_or(part.len());
        let part_start = text.len() - text.get(start..)?.trim_start_matches(['\r', '\n']).len();
        if let Some((head, body)) = split_head(part.get(..end)?)
            && header(head, "content-type")
                .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"))
        {
            let before = part_start + (part.get(..end)?.len() - body.len());
            let encoding = header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
            let html = match encoding.trim() {
                "quoted-printable" => quoted_printable(body),
                "base64" => base64(body)?,
                _ => body.to_owned(),
            };
            return Some((html, text.get(..before)?.matches('\n').count()));
        }
        from = start;
    }
    None
}

/// Headers and body, which an empty line separates.
fn split_head(text: &str) -> Option<(&str, &str)> {
    let crlf = text.find("\r\n\r\n").map(|at| (at, at + 4));
    let lf = text.find("\n\n").map(|at| (at, at + 2));
    let (end, body) = [crlf, lf].into_iter().flatten().min()?;
    Some((text.get(..end)?, text.get(body..)?))
}

/// The value of a header, with its continued lines.
fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    let mut value = lines.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })?;
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(line.trim());
    }
    Some(value)
}

/// `=E4=B8=AD` are bytes; `=` at the end of a line joins it with the next.
fn quoted_printable(body: &str) -> String {
    let mut bytes = Vec::with_capacity(body.len());
    for line in body.lines() {
        let line = line.trim_end();
        let joined = line.ends_with('=');
        let line = line.strip_suffix('=').unwrap_or(line).as_bytes();
        let mut at = 0;
        while let Some(byte) = line.get(at) {
            let code = line.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
            match (byte, code.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
                (b'=', Some(code)) => {
                    bytes.push(code);
                    at += 3;
                }
                _ => {
                    bytes.push(*byte);
                    at += 1;
                }
            }
        }
        if !joined {
            bytes.push(b'\n');
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn base64(body: &str) -> Option<String> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = body.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=').collect();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 3);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            bits = bits << 6 | u32::from(value(*digit)?);
        }
        bits <<= 6 * (4 - group.len());
        let [_, a, b, c] = bits.to_be_bytes();
        bytes.extend([a, b, c].iter().take(group.len().saturating_sub(1)));
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn the_html_part_is_found_and_decoded() {
        let mail = |encoding: &str, body: &str| {
            format!(
                "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\
                 \r\n\tboundary=\"--x9\"\r\n\r\n----x9\r\nContent-Type: text/css\r\n\r\na {{}}\r\n----x9\r\nContent-Type: \
                 text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n----x9--\r\n"
            )
        };
        let (text, before) =
            html(&mail("quoted-printable", "<p a=3D\"b\">=E4=B8=\r\n=AD</p>")).unwrap_or_default();
        assert_eq!((text.trim(), before), ("<p a=\"b\">中</p>", 14));
        assert_eq!(html(&mail("base64", "PHA+w6k8L3A+")).map(|(t, _)| t).as_deref(), Some("<p>é</p>"));
        assert_eq!(html("Content-Type: text/html\n\n<p>"), None);
    }
}
