package graft

import (
	"errors"
	"fmt"
	"net/url"
	"os/user"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

const (
	connectionShape       = "sc://host:port/;name=value;name=value"
	defaultPort           = 15002
	defaultMaxMessageSize = 128 * 1024 * 1024
	defaultUserAgent      = "graft-encoder-go"
)

var (
	headerName  = regexp.MustCompile(`^[0-9a-z_.-]+$`)
	headerValue = regexp.MustCompile(`^[\x20-\x7e]*$`)
	uuidShape   = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// connectionString is a parsed Spark Connect connection string. Names known are user_id, token, use_ssl, session_id,
// user_agent and grpc_max_message_size; every other one is a header sent with each request, as Spark's own clients do.
// Values are percent-decoded.
type connectionString struct {
	host           string // a name or an address; an IPv6 address without its brackets
	port           int
	userID         string
	token          string // a bearer token; it implies TLS, except towards the same machine with use_ssl=false
	tls            bool
	sessionID      string
	userAgent      string
	maxMessageSize int               // in bytes
	headers        map[string]string // names in lower case
}

// parseConnectionString never repeats a value in an error, since one of them may be a token.
func parseConnectionString(text string) (*connectionString, error) {
	address, rest, _ := strings.Cut(text, ";")
	target := &connectionString{}
	if err := target.readAddress(address); err != nil {
		return nil, connectionError(err)
	}
	parameters, err := readParameters(rest)
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

func (c *connectionString) readAddress(text string) error {
	scheme, authority, found := strings.Cut(text, "://")
	if !found || scheme != "sc" {
		return errors.New("it must begin with sc://")
	}
	address, err := url.Parse(text)
	switch {
	case err != nil && !strings.Contains(err.Error(), "invalid port"):
		var reason *url.Error
		if errors.As(err, &reason) {
			err = reason.Err
		}
		return fmt.Errorf("the part before the first semicolon is not a URL: %w", err)
	case authority == "":
		return errors.New("the part before the first semicolon is not a URL: nothing follows //")
	case err != nil, address.Hostname() == "", address.User != nil:
		return fmt.Errorf("'//%s' does not name a host, as //host:port would", shown(authority))
	case address.Path != "" && address.Path != "/":
		return errors.New("nothing but /; may stand between the address and the parameters")
	case address.RawQuery != "" || address.ForceQuery || address.Fragment != "":
		return errors.New("parameters are separated by semicolons, not by ? or #")
	}
	c.host, c.port = address.Hostname(), defaultPort
	if port := address.Port(); port != "" {
		if c.port, err = strconv.Atoi(port); err != nil || c.port < 1 || c.port > 65_535 {
			return fmt.Errorf("the port must be from 1 to 65535, and is %s", shown(port))
		}
	}
	return nil
}

func readParameters(text string) (map[string]string, error) {
	parameters := map[string]string{}
	for parameter := range strings.SplitSeq(text, ";") {
		if parameter == "" {
			continue
		}
		name, value, _ := strings.Cut(parameter, "=")
		if name == "" || value == "" {
			return nil, errors.New("each parameter must be name=value, and one is not")
		}
		if _, twice := parameters[name]; twice {
			return nil, fmt.Errorf("the parameter %s stands there twice", shown(name))
		}
		decoded, err := url.PathUnescape(value)
		if err != nil {
			return nil, fmt.Errorf("the value of %s has a %% that two hexadecimal digits don't follow", shown(name))
		}
		parameters[name] = strings.ToValidUTF8(decoded, "\uFFFD")
	}
	return parameters, nil
}

func (c *connectionString) readParameters(parameters map[string]string) error {
	c.userID, c.sessionID, c.userAgent = systemUser(), uuid.NewString(), defaultUserAgent
	c.maxMessageSize, c.headers = defaultMaxMessageSize, map[string]string{}
	c.token = parameters["token"]
	c.tls = c.token != ""
	for name, value := range parameters {
		switch name {
		case "token":
			if !headerValue.MatchString(value) {
				return errors.New("the value of token becomes a header and must be printable ASCII")
			}
		case "user_id":
			c.userID = value
		case "user_agent":
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
			c.sessionID = strings.ToLower(value)
		case "grpc_max_message_size":
			size, err := strconv.ParseInt(value, 10, 32)
			if err != nil || size < 1 {
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
	header := strings.ToLower(name)
	switch header {
	case "authorization", "te", "content-type", "user-agent":
		return fmt.Errorf("the parameter %s is unknown, and cannot be a header either", shown(name))
	}
	if !headerName.MatchString(header) || strings.HasPrefix(header, "grpc-") || strings.HasSuffix(header, "-bin") {
		return fmt.Errorf("the parameter %s is unknown, and cannot be a header either", shown(name))
	}
	if !headerValue.MatchString(value) {
		return fmt.Errorf("the value of %s becomes a header and must be printable ASCII", shown(name))
	}
	c.headers[header] = value
	return nil
}

func systemUser() string {
	if current, err := user.Current(); err == nil && current.Username != "" {
		return strings.ToValidUTF8(current.Username, "\uFFFD")
	}
	return "unknown"
}
