package graft

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os/user"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

const (
	connectionShape       = "sc://host:port/;name=value;name=value"
	defaultPort           = 15002
	defaultMaxMessageSize = 128 * 1024 * 1024
	defaultUserAgent      = "graft-encoder-go"
	longestUserAgent      = 2048
)

var (
	// The parts of an authority: a host, in brackets where it is an IPv6 address, and a port.
	authorityShape = regexp.MustCompile(`^([^:\[\]]*|\[[0-9A-Fa-f:.]*\])(?::([0-9]*))?$`)
	hostName       = regexp.MustCompile(`^[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)*\.?$`)
	digits         = regexp.MustCompile(`^[0-9]+$`)
	parameterNames = []string{"user_id", "token", "use_ssl", "session_id", "user_agent", "grpc_max_message_size"}

	headerName  = regexp.MustCompile(`^[0-9a-z_.-]+$`)
	headerValue = regexp.MustCompile(`^[\x20-\x7e]*$`)
	uuidShape   = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// connectionString is a parsed Spark Connect connection string. Names known are user_id, token, use_ssl, session_id,
// user_agent and grpc_max_message_size; every other one is a header sent with each request, as Spark's own clients do.
// Values are percent-decoded. encoders/README.md has the grammar.
type connectionString struct {
	host           string // a name or an address, in lower case; an IPv6 address without its brackets
	port           int
	userID         string
	token          string // a bearer token; it implies TLS, except to localhost, and to this machine with use_ssl=false
	tls            bool
	sessionID      string
	userAgent      string
	maxMessageSize int               // in bytes
	headers        map[string]string // names in lower case
}

// parseConnectionString never repeats a value in an error, since one of them may be a token.
func parseConnectionString(text string) (*connectionString, error) {
	target := &connectionString{}
	path, err := target.readAddress(text)
	if err != nil {
		return nil, connectionError(err)
	}
	parameters, err := readParameters(path)
	if err == nil {
		err = target.readParameters(parameters)
	}
	if err != nil {
		return nil, connectionError(err)
	}
	return target, nil
}

func connectionError(why error) error {
	return newError(ConnectionInvalid,
		fmt.Sprintf("The connection string cannot be used: %v. Its shape is %s", why, connectionShape))
}

// readAddress gives what follows the first slash.
func (c *connectionString) readAddress(text string) (path string, err error) {
	rest, found := strings.CutPrefix(text, "sc://")
	if !found {
		return "", errors.New("it must begin with sc://")
	}
	if strings.ContainsAny(rest, "?#") {
		return "", errors.New("parameters are separated by semicolons, not by ? or #")
	}
	authority, path, _ := strings.Cut(rest, "/")
	if strings.Contains(authority, ";") {
		return "", errors.New("the / before the parameters is missing")
	}
	parts := authorityShape.FindStringSubmatch(authority)
	if parts == nil || !isHost(parts[1]) {
		return "", errors.New("what follows sc:// does not name a host, as host:port would")
	}
	c.host, c.port = strings.ToLower(strings.Trim(parts[1], "[]")), defaultPort
	if parts[2] != "" {
		if c.port, err = strconv.Atoi(parts[2]); err != nil || c.port < 1 || c.port > 65_535 {
			return "", errors.New("the port must be from 1 to 65535")
		}
	}
	return path, nil
}

func isHost(text string) bool {
	if !strings.HasPrefix(text, "[") {
		return hostName.MatchString(text)
	}
	address, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return err == nil && address.Is6()
}

func readParameters(path string) (map[string]string, error) {
	parameters := map[string]string{}
	if path == "" || path == ";" {
		return parameters, nil
	}
	text, found := strings.CutPrefix(path, ";")
	switch {
	case !found:
		return nil, errors.New("nothing but /; may stand between the address and the parameters")
	case strings.Contains(text, "/"):
		return nil, errors.New("a / in a parameter must be written %2F")
	}
	for parameter := range strings.SplitSeq(text, ";") {
		written, value, _ := strings.Cut(parameter, "=")
		switch {
		case written == "" || value == "":
			return nil, errors.New("each parameter must be name=value, and one is not")
		case strings.Contains(value, "="):
			return nil, errors.New("a = in a value must be written %3D")
		}
		name := strings.ToLower(written)
		if name != written && slices.Contains(parameterNames, name) {
			return nil, fmt.Errorf("the parameter %s is unknown: write %s", shown(written), name)
		}
		if _, twice := parameters[name]; twice {
			return nil, fmt.Errorf("the parameter %s stands there twice", shown(name))
		}
		decoded, err := url.PathUnescape(value)
		if err != nil {
			return nil, fmt.Errorf("the value of %s has a %% that two hexadecimal digits don't follow", shown(name))
		}
		if !utf8.ValidString(decoded) {
			return nil, fmt.Errorf("the value of %s is no UTF-8", shown(name))
		}
		parameters[name] = decoded
	}
	return parameters, nil
}

func (c *connectionString) readParameters(parameters map[string]string) error {
	c.userID, c.sessionID, c.userAgent = systemUser(), uuid.NewString(), defaultUserAgent
	c.maxMessageSize, c.headers = defaultMaxMessageSize, map[string]string{}
	c.token = parameters["token"]
	c.tls = c.token != "" && c.host != "localhost"
	for name, value := range parameters {
		switch name {
		case "token":
			if !headerValue.MatchString(value) {
				return errors.New("the value of token becomes a header and must be printable ASCII")
			}
		case "user_id":
			c.userID = value
		case "user_agent":
			if len(value) > longestUserAgent {
				return errors.New("user_agent must have 2048 characters at most")
			}
			if !headerValue.MatchString(value) {
				return errors.New("the value of user_agent becomes a header and must be printable ASCII")
			}
			c.userAgent = value
		case "use_ssl":
			switch strings.ToLower(value) {
			case "true":
				c.tls = true
			case "false":
				c.tls = false
			default:
				return errors.New("use_ssl must be true or false")
			}
		case "session_id":
			if !uuidShape.MatchString(value) {
				return errors.New("session_id must be a UUID")
			}
			c.sessionID = value // As it is written, since servers tell sessions apart by the text.
		case "grpc_max_message_size":
			size, err := strconv.ParseInt(value, 10, 32)
			if err != nil || size < 1 || !digits.MatchString(value) {
				return errors.New("grpc_max_message_size must be a number of bytes from 1 to 2147483647")
			}
			c.maxMessageSize = int(size)
		default:
			if err := c.addHeader(name, value); err != nil {
				return err
			}
		}
	}
	if c.token != "" && !c.tls && c.host != "localhost" && c.host != "127.0.0.1" && c.host != "::1" {
		return fmt.Errorf("a token would cross the network unencrypted to %s; leave use_ssl=false out", shown(c.host))
	}
	return nil
}

func (c *connectionString) addHeader(name, value string) error {
	isReserved := slices.Contains([]string{"authorization", "te", "content-type", "user-agent"}, name)
	if isReserved || !headerName.MatchString(name) || strings.HasPrefix(name, "grpc-") || strings.HasSuffix(name, "-bin") {
		return fmt.Errorf("the parameter %s is unknown, and cannot be a header either", shown(name))
	}
	if !headerValue.MatchString(value) {
		return fmt.Errorf("the value of %s becomes a header and must be printable ASCII", shown(name))
	}
	c.headers[name] = value
	return nil
}

func systemUser() string {
	if current, err := user.Current(); err == nil && current.Username != "" {
		return strings.ToValidUTF8(current.Username, "\uFFFD")
	}
	return "unknown"
}
